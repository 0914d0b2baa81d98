/**
 * A process that judges one run directory, as often as it is asked. It lives beside the run, so that neither the peer
 * nor the pacing waits for a judgement, and so that its memory is not the harness's. It ends with its standard input.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { constants, setPriority } from "node:os";
import { createInterface } from "node:readline";
import { isLongrunError, LongrunError, type LongrunErrorCode } from "../../domain/errors.ts";
import { InvariantError } from "../../domain/invariant.ts";
import { ownCommand } from "./assets.ts";

export type JudgeJob = "live" | "seal";

/** One line of its answer: what came out, or why nothing did. */
export type JudgeAnswer =
  | { readonly answer: unknown }
  | {
      readonly error: {
        readonly code: LongrunErrorCode;
        readonly message: string;
        readonly hint: string | null;
      };
    };

const LAST_WORDS_LENGTH = 8_000;
const CLOSE_WITHIN_MS = 5_000;

export class JudgeProcess {
  readonly #start: () => ChildProcess;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #lastWords = "";
  /** In the order of the questions. */
  #waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];

  constructor(options: {
    readonly arguments: readonly string[];
    readonly environment: Readonly<Record<string, string | undefined>>;
  }) {
    const own = ownCommand();
    this.#start = () =>
      spawn(own.command, [...own.arguments, ...options.arguments], {
        stdio: ["pipe", "pipe", "pipe"],
        // A Ctrl-C is for the run, which still wants its report.
        detached: true,
        env: options.environment,
      });
  }

  ask(job: JudgeJob): Promise<unknown> {
    const child = this.#running();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      child.stdin?.write(`${job}\n`);
    });
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    child.stdin?.end();
    // What it is still judging nobody wants to know any more.
    if (this.#waiting.length > 0) child.kill("SIGKILL");
    const timer = setTimeout(() => child.kill("SIGKILL"), CLOSE_WITHIN_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #running(): ChildProcess {
    if (this.#child !== null) return this.#child;
    const child = this.#start();
    this.#child = child;
    this.#lastWords = "";
    behind(child.pid);
    child.stdin?.on("error", () => undefined);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS_LENGTH);
    });
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on("line", (line) => this.#answered(line));
    this.#ended = new Promise((resolve) => {
      const end = (how: string): void => {
        this.#child = null;
        for (const { reject } of this.#waiting.splice(0))
          reject(new InvariantError(`the judging process ended: ${how}\n${this.#lastWords}`));
        resolve();
      };
      child
        .once("error", (error) => end(String(error)))
        .once("close", (code, signal) => end(signal ?? `exit code ${String(code)}`));
    });
    return child;
  }

  #answered(line: string): void {
    const asked = this.#waiting.shift();
    if (asked === undefined) return;
    const said = JSON.parse(line) as JudgeAnswer;
    if ("answer" in said) asked.resolve(said.answer);
    else
      asked.reject(
        new LongrunError(
          said.error.code,
          said.error.message,
          said.error.hint === null ? {} : { hint: said.error.hint },
        ),
      );
  }
}

/** The answer to a job; what is no mistake of the operator's ends the process with its stack. */
export async function answerTo(work: () => Promise<unknown>): Promise<JudgeAnswer> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (!isLongrunError(error)) throw error;
    return { error: { code: error.code, message: error.message, hint: error.hint } };
  }
}

/** The drive comes first. Where the system does not allow it, it is done without: it is a courtesy only. */
function behind(processId: number | undefined): void {
  try {
    if (processId !== undefined) setPriority(processId, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    return;
  }
}
