/**
 * Checks the run directory after a session: every acknowledged event is in the journal exactly once, no log record is there twice, and the
 * verdict is right or inconclusive. Returns a sentence for each problem.
 */
import { existsSync, readFileSync } from "node:fs";
import type { JournalEvent } from "../../src/record/journal.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { runFolder } from "../../src/adapters/run-directory/run-folder.ts";
import type { FunctionDesign } from "./story.ts";

const RIGHT: Readonly<Record<FunctionDesign, string>> = { "init-connect": "fail", "handler-connect": "pass" };
const WRONG: Readonly<Record<FunctionDesign, string>> = { "init-connect": "pass", "handler-connect": "fail" };

/** `acknowledged`: the complete lines that were read from the journal earlier. */
export function journalProblems(folder: string, acknowledged: Buffer): readonly string[] {
  const path = runFolder(folder).journal;
  const now = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (!now.subarray(0, acknowledged.length).equals(acknowledged))
    return ["the journal does not begin with the events that were in it before"];
  const events = linesOf(now).map((line) => JSON.parse(line) as JournalEvent);
  const gap = events.findIndex(({ sequence }, index) => sequence !== index + 1);
  const problems =
    gap === -1 ? [] : [`event ${gap + 1} of the journal has the sequence number ${events[gap]?.sequence}`];
  return [
    ...problems,
    ...twice("the journal has beginnings of invocations", begun(events)),
    ...twice("the journal has ends of invocations", over(events)),
  ];
}

/**
 * Returns one key for each beginning of a planned invocation. Each invocation has exactly one beginning: it is sent or skipped. An
 * invocation that is sent and later skipped because credentials are missing does not occur here.
 */
const begun = (events: readonly JournalEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.event === "invocation-sent" || event.event === "invocation-skipped"
      ? [`${event.function} ${event.n}`]
      : [],
  );

const over = (events: readonly JournalEvent[]): readonly string[] =>
  events.flatMap((event) => (event.event === "invocation-ended" ? [`${event.function} ${event.n}`] : []));

export function logProblems(folder: string, labels: readonly string[]): readonly string[] {
  const paths = runFolder(folder);
  return labels.flatMap((label) => {
    const ids = linesIn(paths.logs(label)).map(
      (line) => (JSON.parse(line) as { eventId: string | null }).eventId ?? line,
    );
    const links = linesIn(paths.links(label)).map((line) => {
      const { environment, connection, event, by } = JSON.parse(line) as {
        environment: string;
        connection: number;
        event: string;
        by: string | null;
      };
      return `${environment} ${connection} ${event} ${String(by)}`;
    });
    return [
      ...twice(`the run has records of ${label}'s log`, ids),
      ...twice(`the run has records of ${label}'s links`, links),
    ];
  });
}

export function verdictProblems({ functions }: RunResult): readonly string[] {
  return functions.flatMap(({ name, verdict }) =>
    WRONG[name as FunctionDesign] === verdict ? [`${name} has the verdict ${verdict}, which is wrong`] : [],
  );
}

/**
 * Checks a gentle run (a run whose evidence stays whole), in which each verdict must be right and not inconclusive. Two things can prevent
 * this. A machine may be so busy that most invocations are skipped, so that the run has no exposure. And a soak writes `invocation-sent` to
 * the journal before it sends the request. If it was killed between the two, nothing shows that the request never arrived.
 */
export function decidedProblems({ functions }: RunResult): readonly string[] {
  return functions.flatMap(({ name, verdict, reasons, findings, invocations }) => {
    const { unknown, unknownReasons } = invocations;
    const unsent = unknown > 0 && unknown === unknownReasons?.["no-answer"] && reasons.length === 1;
    if (RIGHT[name as FunctionDesign] === verdict || reasons.includes("no-exposure") || unsent) return [];
    const why = findings
      .filter(({ kind, status }) => kind !== "exposure" && status !== "clear")
      .map(({ check, text }) => `\n      ${check}: ${text}`);
    return [`${name} is ${verdict} (${reasons.join(", ")}) although no action touched it${why.join("")}`];
  });
}

/** When all sessions are over, every invocation of the schedule has one outcome. */
export function completeProblems({ functions }: RunResult, planned: number): readonly string[] {
  return functions.flatMap(({ name, invocations }) =>
    invocations.planned === planned ? [] : [`${name} has ${invocations.planned} invocations, not ${planned}`],
  );
}

const DOCUMENTED =
  /^(manifest\.json|plan\.json|journal\.jsonl|metrics\.jsonl|result\.json|report\.html|summary\.md|junit\.xml|logs)$/;

export const isDocumented = (name: string): boolean => DOCUMENTED.test(name);

function twice(what: string, keys: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const again = keys.filter((key) => seen.size === seen.add(key).size);
  return again.length === 0 ? [] : [`${what} twice: ${again.length}, for example ${again[0]}`];
}

const linesIn = (path: string): readonly string[] => (existsSync(path) ? linesOf(readFileSync(path)) : []);

/** Returns the complete lines. A killed process can leave an incomplete last line. */
const linesOf = (bytes: Buffer): readonly string[] => bytes.toString("utf8").split("\n").slice(0, -1);
