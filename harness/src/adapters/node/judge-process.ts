/**
 * The judge of a running soak: another process, which starts at the first question, so that a judgement delays neither the peer nor the
 * invocations. It judges one run directory each time it is asked, and ends when its standard input ends.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { constants, setPriority, totalmem } from "node:os";
import { constrainedMemory } from "node:process";
import { createInterface } from "node:readline";
import { isLongrunError, LongrunError, type LongrunErrorCode, notAvailable } from "../../base/errors.ts";
import { InvariantError } from "../../base/invariant.ts";
import { parseJson } from "../../base/json-object.ts";
import type { Judge, JudgedRun, LiveJudgement } from "../../run/ports/judge.ts";
import { ownCommand } from "./assets.ts";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";

/** `live`: the figures of the run so far. `seal`: the final result, with the reports. */
export type JudgeJob = "live" | "seal";

/** One answer, which is one line: the judgement, or the reason why there is none. */
type JudgeAnswer =
  | { readonly answer: unknown }
  | {
      readonly error: {
        readonly code: LongrunErrorCode;
        readonly message: string;
        readonly hint: string | null;
      };
    }
  /** A bug in longrun, with its stack. */
  | { readonly bug: string };

const LAST_WORDS_LENGTH = 8_000;
const CLOSE_WITHIN_MS = 5_000;
const HEAP_SHARE = 0.7;
/** After a longer judgement the process is ended. Starting it again takes less than a second. */
const HEAVY_MS = 5_000;

interface WaitingQuestion {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface RunningJudge {
  readonly child: ChildProcess;
  readonly waiting: WaitingQuestion[];
  readonly ended: Promise<void>;
}

export class JudgeProcess implements Judge {
  readonly #start: () => ChildProcess;
  #running: RunningJudge | null = null;
  #closed = false;
  /** Resolves when the processes that were asked to end have ended. */
  #resting: Promise<unknown> = Promise.resolve();

  constructor(options: {
    readonly arguments: readonly string[];
    readonly environment: EnvironmentVariables;
    /** The program to start. If absent, longrun itself is started. */
    readonly program?: { readonly command: string; readonly arguments: readonly string[] };
  }) {
    const own = options.program ?? ownCommand();
    this.#start = () =>
      spawn(own.command, [heapLimit(), ...own.arguments, ...options.arguments], {
        stdio: ["pipe", "pipe", "pipe"],
        // Ctrl-C must end the run and not the judging process, which still has to make the report.
        detached: true,
        env: options.environment,
      });
  }

  live(giveUp: AbortSignal): Promise<LiveJudgement | null> {
    return unlessGivenUp(this.#live(), giveUp);
  }

  /** Without the last judgement the run has no report, so a process that was killed is started again once. */
  seal(): Promise<JudgedRun> {
    const again = (error: unknown): Promise<unknown> => {
      if (this.#closed || !isLongrunError(error) || error.code !== "unavailable") throw error;
      return this.ask("seal");
    };
    return this.ask("seal").catch(again) as Promise<JudgedRun>;
  }

  /** A long judgement leaves much memory in use, so the process is ended after it. */
  async #live(): Promise<LiveJudgement> {
    const began = performance.now();
    const answer = (await this.ask("live")) as LiveJudgement;
    if (performance.now() - began > HEAVY_MS) this.rest();
    return answer;
  }

  ask(job: JudgeJob): Promise<unknown> {
    this.#running ??= this.#run();
    const { child, waiting } = this.#running;
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin?.write(`${job}\n`);
    });
  }

  /** Ends the process to free its memory. The next question starts another one. */
  rest(): void {
    const resting = this.#running;
    if (resting === null || resting.waiting.length > 0) return;
    this.#running = null;
    resting.child.stdin?.end();
    this.#resting = Promise.all([this.#resting, resting.ended]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const running = this.#running;
    if (running !== null) {
      running.child.stdin?.end();
      // A judgement in progress is not needed any more.
      if (running.waiting.length > 0) running.child.kill("SIGKILL");
      const timer = setTimeout(() => running.child.kill("SIGKILL"), CLOSE_WITHIN_MS);
      await running.ended;
      clearTimeout(timer);
    }
    await this.#resting;
  }

  #run(): RunningJudge {
    const child = this.#start();
    const waiting: WaitingQuestion[] = [];
    let lastWords = "";
    lowerPriority(child.pid);
    child.stdin?.on("error", () => undefined);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS_LENGTH);
    });
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on("line", (line) => {
        const said = parseJson(line) as JudgeAnswer | undefined;
        if (said !== undefined) return answered(said, waiting.shift());
        // The last line is a part of an answer if the process was killed while it wrote. `end` then rejects the question with the reason.
        lastWords = (lastWords + line).slice(-LAST_WORDS_LENGTH);
        child.stdin?.end();
      });
    const ended = new Promise<void>((resolve) => {
      const end = (why: Error): void => {
        if (this.#running?.child === child) this.#running = null;
        for (const { reject } of waiting.splice(0)) reject(why);
        resolve();
      };
      child
        .once("error", (error) => end(endedItself(String(error), lastWords)))
        .once("close", (code, signal) =>
          end(signal === null ? endedItself(`exit code ${String(code)}`, lastWords) : killed(signal)),
        );
    });
    return { child, waiting, ended };
  }
}

function unlessGivenUp(answer: Promise<LiveJudgement>, signal: AbortSignal): Promise<LiveJudgement | null> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(null);
    signal.addEventListener("abort", giveUp);
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
    if (signal.aborted) giveUp();
  });
}

const endedItself = (how: string, lastWords: string): Error =>
  new InvariantError(`the judging process ended: ${how}\n${lastWords}`);

/** Somebody killed the process, or the system did because memory was short. */
const killed = (signal: NodeJS.Signals): Error =>
  notAvailable(`The process that judges the run was ended by ${signal}.`, {
    hint: "The evidence is complete: longrun analyze judges the run. Did the machine run out of memory?",
  });

function answered(said: JudgeAnswer, asked: WaitingQuestion | undefined): void {
  if (asked === undefined) return;
  if ("answer" in said) return asked.resolve(said.answer);
  if ("bug" in said) return asked.reject(new InvariantError(`the judging process failed: ${said.bug}`));
  const { code, message, hint } = said.error;
  asked.reject(new LongrunError(code, message, hint === null ? {} : { hint }));
}

/** The judgement of a run of several days needs more memory than Node allows by default. */
function heapLimit(): string {
  const allowed = constrainedMemory();
  const bytes = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
  return `--max-old-space-size=${Math.max(512, Math.floor((bytes * HEAP_SHARE) / (1 << 20)))}`;
}

/** Called in the judging process. A failure is answered too: without an answer, the run would wait as long as the judging process lives. */
export async function answerTo(work: () => Promise<unknown>): Promise<JudgeAnswer> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (!isLongrunError(error))
      return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    return { error: { code: error.code, message: error.message, hint: error.hint } };
  }
}

/** If the system does not allow a lower priority, the process keeps its own. */
function lowerPriority(processId: number | undefined): void {
  try {
    if (processId !== undefined) setPriority(processId, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    return;
  }
}
