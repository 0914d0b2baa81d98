/**
 * A process that judges one run directory, as often as it is asked. It lives beside the run, so that neither the peer
 * nor the pacing waits for a judgement, and so that its memory is not the harness's. It ends with its standard input.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { constants, setPriority, totalmem } from "node:os";
import { constrainedMemory } from "node:process";
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
    }
  /** A bug of ours, with its stack. */
  | { readonly bug: string };

const LAST_WORDS_LENGTH = 8_000;
const CLOSE_WITHIN_MS = 5_000;
const HEAP_SHARE = 0.7;

interface Question {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Running {
  readonly child: ChildProcess;
  /** In the order of the questions. */
  readonly waiting: Question[];
  readonly ended: Promise<void>;
}

export class JudgeProcess {
  readonly #start: () => ChildProcess;
  #running: Running | null = null;
  /** Those that were told to end and have not yet. */
  #resting: Promise<unknown> = Promise.resolve();

  constructor(options: {
    readonly arguments: readonly string[];
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** This very program, unless another one is meant. */
    readonly program?: { readonly command: string; readonly arguments: readonly string[] };
  }) {
    const own = options.program ?? ownCommand();
    this.#start = () =>
      spawn(own.command, [heapLimit(), ...own.arguments, ...options.arguments], {
        stdio: ["pipe", "pipe", "pipe"],
        // A Ctrl-C is for the run, which still wants its report.
        detached: true,
        env: options.environment,
      });
  }

  ask(job: JudgeJob): Promise<unknown> {
    this.#running ??= this.#run();
    const { child, waiting } = this.#running;
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin?.write(`${job}\n`);
    });
  }

  /** Lets the process end, and its memory with it; the next question starts another one. */
  rest(): void {
    const resting = this.#running;
    if (resting === null || resting.waiting.length > 0) return;
    this.#running = null;
    resting.child.stdin?.end();
    this.#resting = Promise.all([this.#resting, resting.ended]);
  }

  async close(): Promise<void> {
    const running = this.#running;
    if (running !== null) {
      running.child.stdin?.end();
      // What it is still judging nobody wants to know any more.
      if (running.waiting.length > 0) running.child.kill("SIGKILL");
      const timer = setTimeout(() => running.child.kill("SIGKILL"), CLOSE_WITHIN_MS);
      await running.ended;
      clearTimeout(timer);
    }
    await this.#resting;
  }

  #run(): Running {
    const child = this.#start();
    const waiting: Question[] = [];
    let lastWords = "";
    behind(child.pid);
    child.stdin?.on("error", () => undefined);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS_LENGTH);
    });
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on("line", (line) => answered(line, waiting.shift()));
    const ended = new Promise<void>((resolve) => {
      const end = (how: string): void => {
        if (this.#running?.child === child) this.#running = null;
        for (const { reject } of waiting.splice(0))
          reject(new InvariantError(`the judging process ended: ${how}\n${lastWords}`));
        resolve();
      };
      child
        .once("error", (error) => end(String(error)))
        .once("close", (code, signal) => end(signal ?? `exit code ${String(code)}`));
    });
    return { child, waiting, ended };
  }
}

function answered(line: string, asked: Question | undefined): void {
  if (asked === undefined) return;
  const said = JSON.parse(line) as JudgeAnswer;
  if ("answer" in said) return asked.resolve(said.answer);
  if ("bug" in said) return asked.reject(new InvariantError(`the judging process failed: ${said.bug}`));
  const { code, message, hint } = said.error;
  asked.reject(new LongrunError(code, message, hint === null ? {} : { hint }));
}

/** A run of days is judged as a whole: what the machine has, or the container may have, not what Node takes by default. */
function heapLimit(): string {
  const allowed = constrainedMemory();
  const bytes = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
  return `--max-old-space-size=${Math.max(512, Math.floor((bytes * HEAP_SHARE) / (1 << 20)))}`;
}

/** The answer to a job. Every failure is an answer too, since the run waits for one as long as the process lives. */
export async function answerTo(work: () => Promise<unknown>): Promise<JudgeAnswer> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (!isLongrunError(error))
      return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
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
