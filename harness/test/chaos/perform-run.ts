/**
 * Performs one run of a chaos story (story.ts) session by session, and checks the run after each session and at the end. Returns what was
 * found.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runFolder } from "../../src/adapters/run-directory/run-folder.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import {
  completeProblems,
  decidedProblems,
  isDocumented,
  journalProblems,
  logProblems,
  verdictProblems,
} from "./check-evidence.ts";
import { JournalWatch } from "./journal-watch.ts";
import { SessionActions } from "./session-actions.ts";
import { PLANNED, Stage, type Command, type Ended } from "./stage.ts";
import { stepText, type Run, type Session } from "./story.ts";

/** A session that takes longer hangs: even a slow machine needs much less. */
const SESSION_WITHIN_MS = 120_000;
const GONE_WITHIN_MS = 30_000;
const ERROR_LENGTH = 1_500;

export interface Performed {
  readonly problems: readonly string[];
  readonly kills: number;
  /** Steps that could not be done, with the reason: the run had ended, or this machine lacks something. */
  readonly notDone: readonly string[];
  readonly verdicts: readonly string[];
}

/** When `stop` is aborted, the run ends at once. In every case its processes and mounts are gone when this function returns. */
export async function performRun(run: Run, base: string, stop: AbortSignal): Promise<Performed> {
  const stage = new Stage(run, base, await Stage.relays());
  const performance = new RunPerformance(stage);
  const over = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve(), { signal: over.signal });
  });
  const all = performance.all().catch((error: unknown) => {
    if (!stop.aborted)
      performance.problems.push(`the run could not be performed: ${String((error as Error).stack)}`);
  });
  try {
    await Promise.race([all, stopped]);
  } finally {
    over.abort();
    performance.close();
    await stage.abandon();
    // The small disks are gone when the stage is closed.
    if (performance.problems.length > 0 && existsSync(stage.runFolder))
      cpSync(stage.runFolder, join(base, "run"), { recursive: true });
    await stage.close();
  }
  return performance;
}

class RunPerformance implements Performed {
  readonly problems: string[] = [];
  readonly notDone: string[] = [];
  verdicts: readonly string[] = [];
  kills = 0;
  /** Whether the last soak was killed. If that happened while it judged the run, the file `.owner` stays in the run directory. */
  #killedLast = false;
  readonly #stage: Stage;
  readonly #watch: JournalWatch;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#watch = new JournalWatch(runFolder(stage.runFolder).journal);
  }

  close(): void {
    this.#watch.close();
  }

  async all(): Promise<void> {
    await this.#stage.open();
    const { sessions } = this.#stage.run;
    for (const [index, session] of sessions.entries()) {
      const where = `session ${index + 1}`;
      if (this.#status() === "ended" && existsSync(runFolder(this.#stage.runFolder).result)) {
        this.notDone.push(...session.steps.map((step) => `${where}: ${stepText(step)}: the run had ended`));
        continue;
      }
      if (!(await this.#session(session, where))) return;
    }
    await this.#checkEnd();
  }

  /** Returns false if the run cannot go on. */
  async #session(session: Session, where: string): Promise<boolean> {
    const stage = this.#stage;
    const resumes = this.#hasRun();
    if (!resumes) {
      rmSync(stage.runFolder, { recursive: true, force: true });
      this.#watch.forget();
    }
    const soak = stage.soak(resumes, session.streams);
    const actions = new SessionActions(stage, soak, this.#watch);
    await Promise.race([actions.perform(session.steps), soak.ended]);
    const ended = await this.#within(soak, where);
    if (ended === null) return false;
    await actions.end();
    this.kills += actions.kills;
    this.#killedLast = actions.killedSoak;
    this.notDone.push(...actions.notDone.map((text) => `${where}: ${text}`));
    const add = (problems: readonly string[]): void =>
      void this.problems.push(...problems.map((text) => `${where}: ${text}${ending(ended)}`));
    add(exitProblems(ended, { disturbed: actions.done, killed: actions.killedSoak }));
    add(await this.#leftBehind(soak));
    this.#watch.look();
    if (!this.#hasRun()) return true;
    add(journalProblems(stage.runFolder, this.#watch.seen));
    add(logProblems(stage.runFolder, stage.run.functions));
    add(this.#unsent());
    add((await this.#judged()).problems);
    return true;
  }

  async #checkEnd(): Promise<void> {
    const stage = this.#stage;
    const { problems, result } = await this.#judged();
    const kept = runFolder(stage.runFolder).result;
    this.problems.push(...problems);
    if (!existsSync(kept)) return void this.problems.push("the run has no result.json at its end");
    if (result !== null) {
      this.verdicts = result.functions.map(
        ({ name, verdict, reasons }) =>
          `${stage.run.gentle ? "gentle " : ""}${name} ${verdict}${verdict === "inconclusive" ? ` (${reasons.join(", ")})` : ""}`,
      );
      this.problems.push(...completeProblems(result, PLANNED));
      if (stage.run.gentle) this.problems.push(...decidedProblems(result));
      if (JSON.stringify(result) !== JSON.stringify(JSON.parse(readFileSync(kept, "utf8"))))
        this.problems.push("longrun analyze judges the run differently than result.json");
    }
    for (const { name, ended } of await stage.stopServers())
      if (ended.code !== 0) this.problems.push(`the ${name} did not end properly${ending(ended)}`);
    const left = [
      ...(await this.#gone([])).map((text) => `process ${text}`),
      ...readdirSync(stage.disks.temporary.folder).map((name) => `temporary file ${name}`),
      ...readdirSync(stage.runFolder).flatMap((name) =>
        isDocumented(name) || (name === ".owner" && this.#killedLast) ? [] : [`${name} in the run directory`],
      ),
      ...this.#dataLeft(),
    ];
    this.problems.push(...left.map((text) => `left behind: ${text}`));
  }

  /** Returns the files in the data folder that an engine must not leave there. */
  #dataLeft(): readonly string[] {
    const folder = join(this.#stage.runFolder, "..", "..", "data");
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /engine[-.]/.test(name),
    );
  }

  /** Reports the processes that still run after the soak has ended. Only an attached engine, its environments and the peer may still run. */
  async #leftBehind({ child }: Command): Promise<readonly string[]> {
    const { engine, peer } = this.#stage;
    const allowed = this.#stage.run.engine === "own" ? [] : [engine?.child.pid, peer?.child.pid];
    const left = await this.#gone(allowed.filter((id) => id !== undefined));
    return left.map((text) => `process ${text} outlived the soak ${String(child.pid)}`);
  }

  /** Waits until only the allowed processes, and environments of an attached engine, still run. Returns all other processes that still run. */
  async #gone(allowed: readonly number[]): Promise<readonly string[]> {
    const until = performance.now() + GONE_WITHIN_MS;
    for (;;) {
      const left = this.#stage
        .processes()
        .filter(({ id, logStream }) => !allowed.includes(id) && !(allowed.length > 0 && logStream !== null));
      if (left.length === 0) return [];
      if (performance.now() > until)
        return left.map(({ id, arguments: words }) => `${id} ${words.join(" ").slice(-200)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #judged(): Promise<{ readonly problems: readonly string[]; readonly result: RunResult | null }> {
    const { ended } = this.#stage.command(["analyze", this.#stage.runFolder, "--json"], { whole: true });
    const { code, out, ...rest } = await ended;
    if (code === null || ![0, 1, 2, 130].includes(code))
      return { problems: [`the run cannot be judged${ending({ code, out: "", ...rest })}`], result: null };
    const result = JSON.parse(out) as RunResult;
    return { problems: verdictProblems(result), result };
  }

  /** Checks that each invocation was written into the journal before it was sent to the engine. */
  #unsent(): readonly string[] {
    const reached = this.#stage.relays["soak to engine"].invocations;
    const sent = this.#watch.count("invocation-sent");
    return reached > sent ? [`${reached} invocations reached the engine, and the journal has ${sent}`] : [];
  }

  async #within(soak: Command, where: string): Promise<Ended | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), SESSION_WITHIN_MS);
    });
    const ended = await Promise.race([soak.ended, late]);
    clearTimeout(timer);
    if (ended === null) this.problems.push(`${where}: the soak hangs`);
    return ended;
  }

  #hasRun(): boolean {
    return this.#status() !== null && this.#watch.seen.length > 0;
  }

  #status(): string | null {
    try {
      const text = readFileSync(runFolder(this.#stage.runFolder).manifest, "utf8");
      return (JSON.parse(text) as { readonly status: string }).status;
    } catch {
      return null;
    }
  }
}

function exitProblems(
  { code, signal }: Ended,
  { disturbed, killed }: { readonly disturbed: boolean; readonly killed: boolean },
): readonly string[] {
  if (signal !== null) return killed && signal === "SIGKILL" ? [] : [`the soak was ended by ${signal}`];
  const expected = disturbed ? [0, 1, 2, 69] : [0, 1, 2];
  return code !== null && expected.includes(code) ? [] : [`the soak ended with exit code ${String(code)}`];
}

function ending({ code, signal, err }: Ended): string {
  const last = err.trimEnd().slice(-ERROR_LENGTH).replaceAll(/^/gm, "      ");
  return ` (${signal ?? `exit code ${String(code)}`})${last.trim() === "" ? "" : `\n${last}`}`;
}
