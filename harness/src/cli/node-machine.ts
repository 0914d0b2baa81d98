/**
 * The real process as a `Machine`. Only this file, adapters/node/checkout-script.ts and the runtime client for Node.js use the global
 * `process`.
 */
import type { Socket } from "node:net";
import { createInterface as createLineReader } from "node:readline";
import { createInterface } from "node:readline/promises";
import type { WriteStream } from "node:tty";
import { EXIT } from "../words/exit-codes.ts";
import type { Machine, Output, StopSignal } from "./machine.ts";
import { presentError } from "./present-error.ts";

const PAGE_COLUMNS = 80;

export function nodeMachine(): Machine {
  // The AWS client's warning about Node 20 would be printed into our progress line.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const machine: Machine = {
    arguments: process.argv.slice(2),
    environment: process.env,
    workingFolder: process.cwd(),
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    ask,
    inputEnded,
    inputLines: () => createLineReader({ input: process.stdin }),
    inputBytes: () => process.stdin,
    onSignal,
    exitNow: (code) => process.exit(code),
  };
  // Also receives every rejection that nothing handles. What was being done is lost, so the process cannot go on.
  process.on("uncaughtException", (error) => {
    presentError(machine, error);
    process.exit(EXIT.bug);
  });
  return machine;
}

function output(stream: NodeJS.WriteStream): Output {
  let gone = false;
  // `longrun … | head` closes the pipe. The run goes on without output.
  stream.on("error", () => {
    gone = true;
  });
  return {
    write: (text) => {
      if (!gone) stream.write(text);
    },
    drained: () =>
      new Promise((resolve) => {
        if (gone || !stream.writableNeedDrain) return resolve();
        const done = (): void => {
          for (const event of ["drain", "error", "close"]) stream.off(event, done);
          resolve();
        };
        for (const event of ["drain", "error", "close"]) stream.on(event, done);
      }),
    isTerminal: stream.isTTY,
    get columns() {
      const width = (stream as Partial<WriteStream>).columns;
      return width === undefined || width < 20 ? PAGE_COLUMNS : width;
    },
  };
}

async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

function inputEnded(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => resolve();
    process.stdin.once("end", done).once("close", done).once("error", done);
    process.stdin.resume();
    // A pipe must not keep the process alive. A file has no `unref`, and does not need it.
    (process.stdin as Partial<Socket>).unref?.();
  });
}

function onSignal(listener: (signal: StopSignal) => void): () => void {
  const interrupted = (): void => listener("SIGINT");
  const terminated = (): void => listener("SIGTERM");
  // If a process ends without a call of `process.exit`, signals get their default effect back before the process is gone. A call of
  // `process.exit` prevents that, so this listener makes one.
  const exit = (code: number): void => process.exit(code);
  process.on("SIGINT", interrupted).on("SIGTERM", terminated).on("exit", exit);
  return () => process.off("SIGINT", interrupted).off("SIGTERM", terminated).off("exit", exit);
}
