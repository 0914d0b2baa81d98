/**
 * A machine in memory, which a test gives to a command instead of the real process. The machine keeps what the command wrote. The test
 * can send signals and give answers.
 */
import { Readable } from "node:stream";
import { main } from "../../src/cli/main.ts";
import type { Machine, StopSignal } from "../../src/cli/machine.ts";

export interface MemoryMachine extends Machine {
  readonly out: () => string;
  readonly err: () => string;
  /** The exit codes with which a command ended the process immediately. */
  readonly exits: readonly number[];
  send(signal: StopSignal): void;
  endInput(): void;
  /** Resolves when everything that was written to standard output so far matches. */
  outMatches(pattern: RegExp): Promise<string>;
  errMatches(pattern: RegExp): Promise<string>;
}

export interface MemoryOptions {
  readonly workingFolder?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly isTerminal?: boolean;
  readonly columns?: number;
  readonly answer?: string | null;
  readonly inputLines?: readonly string[];
  readonly inputBytes?: readonly Uint8Array[];
}

export function memoryMachine(argumentList: readonly string[], options: MemoryOptions = {}): MemoryMachine {
  const listeners = new Set<(signal: StopSignal) => void>();
  const exits: number[] = [];
  const stdout = capture(options);
  const stderr = capture(options);
  let endInput = (): void => undefined;
  const inputEnd = new Promise<void>((resolve) => {
    endInput = resolve;
  });
  return {
    arguments: argumentList,
    environment: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...options.environment },
    workingFolder: options.workingFolder ?? process.cwd(),
    stdout,
    stderr,
    ask: () => Promise.resolve(options.answer ?? null),
    inputEnded: () => inputEnd,
    inputLines: () => Readable.from(options.inputLines ?? []) as AsyncIterable<string>,
    inputBytes: () => Readable.from(options.inputBytes ?? []) as AsyncIterable<Uint8Array>,
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exitNow: (code) => {
      exits.push(code);
    },
    out: stdout.text,
    err: stderr.text,
    exits,
    send: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    endInput: () => endInput(),
    outMatches: stdout.matches,
    errMatches: stderr.matches,
  };
}

function capture({ isTerminal = false, columns = 80 }: MemoryOptions) {
  let written = "";
  let waiting: { readonly pattern: RegExp; readonly resolve: (text: string) => void }[] = [];
  return {
    isTerminal,
    columns,
    write: (text: string) => {
      written += text;
      const [met, unmet] = [
        waiting.filter(({ pattern }) => pattern.test(written)),
        waiting.filter(({ pattern }) => !pattern.test(written)),
      ];
      waiting = unmet;
      for (const { resolve } of met) resolve(written);
    },
    drained: () => Promise.resolve(),
    text: () => written,
    matches: (pattern: RegExp): Promise<string> =>
      pattern.test(written)
        ? Promise.resolve(written)
        : new Promise((resolve) => waiting.push({ pattern, resolve })),
  };
}

/** Runs a command to its end. Returns its exit code, standard output and standard error. */
export async function longrun(argumentList: readonly string[], options: MemoryOptions = {}) {
  const machine = memoryMachine(argumentList, options);
  const code = await main(machine);
  return { code, out: machine.out(), err: machine.err() };
}
