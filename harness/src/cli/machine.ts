/**
 * Everything of the process that a command may use. node-machine.ts is the real process. Tests pass a machine in memory, and so run the complete
 * command line without a process.
 */
import type { EnvironmentVariables } from "../domain/environment-variables.ts";

export interface Output {
  /** Writes a text. Never throws. It does nothing after the reader has closed the pipe (EPIPE). */
  write(text: string): void;
  /** Resolves when the reader has taken most of the text, so that a long text need not be held in memory for a slow reader. */
  drained(): Promise<void>;
  readonly isTerminal: boolean;
  /** Width of the terminal, or the usual width if it is not a terminal. */
  readonly columns: number;
}

export type StopSignal = "SIGINT" | "SIGTERM";

export interface Machine {
  readonly arguments: readonly string[];
  readonly environment: EnvironmentVariables;
  readonly workingFolder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks the user a question. Resolves with the answer, or with null if no user can be asked. */
  ask(question: string): Promise<string | null>;
  /** Resolves when standard input has ended. */
  inputEnded(): Promise<void>;
  /** Standard input, line by line, to its end. */
  inputLines(): AsyncIterable<string>;
  /** Standard input in pieces as they come, to its end. */
  inputBytes(): AsyncIterable<Uint8Array>;
  /** Adds a listener for signals, and returns a function that removes it. With a listener, no signal ends the process, not even while it exits. */
  onSignal(listener: (signal: StopSignal) => void): () => void;
  /** Ends the process immediately, whatever is still open. */
  exitNow(code: number): void;
}

/** Whether to use colour: only on a terminal, unless NO_COLOR or TERM=dumb turns it off. */
export function wantsColour(machine: Machine, output: Output): boolean {
  const refused = machine.environment["NO_COLOR"];
  return (
    output.isTerminal && (refused === undefined || refused === "") && machine.environment["TERM"] !== "dumb"
  );
}
