/**
 * Everything of the process that a command may touch. The real one is node-machine.ts; tests pass one in memory
 * and so drive the whole command line without a process.
 */
export interface Output {
  /** Never throws; after the reader has gone (EPIPE) it does nothing. */
  write(text: string): void;
  /** Resolves when the reader has taken most of what was written: a text of any length need not wait in memory for a slow one. */
  drained(): Promise<void>;
  readonly isTerminal: boolean;
  /** Width of the terminal, or of the page where it is none. */
  readonly columns: number;
}

export type StopSignal = "SIGINT" | "SIGTERM";

export interface Machine {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The answer to a question, or null where nobody can be asked. */
  ask(question: string): Promise<string | null>;
  /** Resolves when standard input has ended. */
  inputEnded(): Promise<void>;
  /** Standard input, line by line, to its end. */
  inputLines(): AsyncIterable<string>;
  /** Standard input, byte by byte as it comes, to its end. */
  inputBytes(): AsyncIterable<Uint8Array>;
  /** Returns what takes the listener away again. */
  onSignal(listener: (signal: StopSignal) => void): () => void;
  /** Ends the process at once, whatever is still open. */
  exitNow(code: number): void;
}

/** Colour only where somebody looks at it and has not said no. */
export function wantsColour(machine: Machine, output: Output): boolean {
  const refused = machine.environment["NO_COLOR"];
  return (
    output.isTerminal && (refused === undefined || refused === "") && machine.environment["TERM"] !== "dumb"
  );
}
