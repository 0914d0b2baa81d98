/** What a command may use of the process. node-machine.ts is the real process; tests have a machine in memory. */
import type { EnvironmentVariables } from "../base/environment-variables.ts";

export interface Output {
  /** Never throws. Does nothing after the reader has closed the pipe (EPIPE). */
  write(text: string): void;
  /**
   * Resolves when the reader has taken most of the text. If a long text is written piece by piece, and each piece waits for this, the text
   * does not collect in memory, even if the reader is slow.
   */
  drained(): Promise<void>;
  readonly isTerminal: boolean;
  /** The width of the terminal. The usual width if the output is not a terminal. */
  readonly columns: number;
}

export type StopSignal = "SIGINT" | "SIGTERM";

export interface Machine {
  readonly arguments: readonly string[];
  readonly environment: EnvironmentVariables;
  readonly workingFolder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves with null if no user can be asked. */
  ask(question: string): Promise<string | null>;
  inputEnded(): Promise<void>;
  inputLines(): AsyncIterable<string>;
  inputBytes(): AsyncIterable<Uint8Array>;
  /** Returns a function that removes the listener. With a listener, no signal ends the process, not even while it exits. */
  onSignal(listener: (signal: StopSignal) => void): () => void;
  /** Ends the process whatever is still open. */
  exitNow(code: number): void;
}

/** Colour only on a terminal, unless NO_COLOR or TERM=dumb turns it off. */
export function wantsColour(machine: Machine, output: Output): boolean {
  const refused = machine.environment["NO_COLOR"];
  return (
    output.isTerminal && (refused === undefined || refused === "") && machine.environment["TERM"] !== "dumb"
  );
}
