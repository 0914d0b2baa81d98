import type {
  AccountingFindings,
  MetricsNotCompared,
  OutcomeUnknownCode,
  SkewRange,
  StreamProblemParameters,
} from "../../result/findings/accounting-findings.ts";
import { durationMs, formatDuration } from "../../base/time.ts";
import { CONCURRENCY_SENTENCES } from "./concurrency-sentences.ts";
import { METRICS_DECIDE } from "./metrics-decide.ts";
import { EVIDENCE_PROBLEM_SENTENCES } from "./evidence-problem-sentences.ts";
import { count } from "./fixed-words.ts";
import { A, C, inWords, type Clauses, type Wording } from "./wording.ts";

const SPAN = { from: "2026-11-25T01:02:00.000Z", to: "2026-11-25T02:02:00.000Z" };

/** Clauses about a log stream. The sentence has named the log stream before, so that `it` and `its` mean the log stream. */
const STREAM_PROBLEMS: Clauses<StreamProblemParameters> = {
  "init-missing": ({ since }, { ofLogs }) =>
    `it does not begin with an Init (${ofLogs ? `widen --since${since === null ? "" : ` to ${since}`}` : "it is older than the run, or lines are missing"})`,
  "init-not-shown":
    "it does not show its Init, because no line has INIT_START (container images, logs before December 2022) and no REPORT has an Init Duration",
  "lines-before-init": "it has lines before its Init",
  "records-dropped": "the platform reported dropped log records",
  "starts-missing": ({ starts }) => `${count(starts, "START line is", "START lines are")} missing`,
  "ends-missing": ({ starts }) => `${count(starts, "START line has", "START lines have")} no end`,
  "lifecycle-lines-missing": "the numbers of its lifecycle lines show that some are missing",
};

export const ACCOUNTING_SENTENCES: Wording<AccountingFindings> = {
  "no-driver": "No driver took part, so no invocation was planned.",
  "journal-events-missing": [
    ({ events }) => `${count(events, "event of the journal is", "events of the journal are")} missing.`,
    { events: 1 },
    { events: 2 },
  ],
  "invocations-ended-twice": [
    ({ invocations, first }) =>
      `The journal contradicts itself about ${count(invocations, "invocation")}: each was sent or ended more than once, or was sent and also skipped (the first is number ${first}).`,
    { invocations: 2, first: 7 },
  ],
  "invocations-without-end": [
    ({ invocations, first }) =>
      `The journal shows no outcome for ${count(invocations, "invocation")} (the first is number ${first}).`,
    { invocations: 1, first: 7 },
  ],
  "invocations-not-sent": [
    ({ invocations }) =>
      `According to the journal, ${count(invocations, "planned invocation was", "planned invocations were")} neither sent nor skipped.`,
    { invocations: 1 },
    { invocations: 2 },
  ],
  "evidence-problem": [({ told }) => told, { told: "Log reading stopped: access was denied." }],
  ...EVIDENCE_PROBLEM_SENTENCES,
  "invocations-accounted": "Every planned invocation is accounted for once.",

  "stream-incomplete": [
    ({ environment, problem }, naming) =>
      `The log stream of environment ${naming.environment(environment)} is incomplete: ${inWords(STREAM_PROBLEMS, problem, naming)}.`,
    { environment: A, problem: { code: "init-missing", parameters: { since: "2026-11-24" } } },
    { environment: A, problem: { code: "init-missing", parameters: { since: null } } },
    { environment: A, problem: { code: "init-not-shown", parameters: {} } },
    { environment: A, problem: { code: "lines-before-init", parameters: {} } },
    { environment: A, problem: { code: "records-dropped", parameters: {} } },
    { environment: A, problem: { code: "starts-missing", parameters: { starts: 1 } } },
    { environment: A, problem: { code: "ends-missing", parameters: { starts: 2 } } },
    { environment: A, problem: { code: "lifecycle-lines-missing", parameters: {} } },
  ],
  "invocations-in-no-stream": [
    ({ invocations }) =>
      `${count(invocations, "invocation that the driver knows is", "invocations that the driver knows are")} in no log stream.`,
    { invocations: 1 },
    { invocations: 2 },
  ],
  "invocations-in-many-streams": [
    ({ invocations }) =>
      `${count(invocations, "invocation is", "invocations are")} in more than one log stream.`,
    { invocations: 1 },
    { invocations: 2 },
  ],
  "logs-not-settled":
    "Log reading ended before every known request was found and before --settle had passed.",
  "logs-settled-incomplete": [
    ({ invocations }) =>
      `When log reading ended, ${count(invocations, "invocation was", "invocations were")} not complete in the logs.`,
    { invocations: 1 },
    { invocations: 2 },
  ],
  "stream-missing": [
    ({ logStream }) => `The peer's log names log stream ${logStream}, which is not in the evidence.`,
    { logStream: C },
  ],
  "peer-log-foreign": [
    ({ found, of }) =>
      `The peer's log shows only ${found} of ${count(of, "connection")} that were accepted according to the function: it is the log of another peer or of another time, or its clock is far off.`,
    { found: 1, of: 5 },
  ],
  "peer-log-nameless": [
    ({ connections }) =>
      `The peer's log names no client. The log of another machine could match the function's ${count(connections, "connection")} equally well by chance, so it is not known whether this is the log of the function's peer (clients that name themselves in a hello would show it).`,
    { connections: 1 },
    { connections: 5 },
  ],
  "no-stream": "There is no log stream in the evidence.",
  "streams-complete": "Every log stream is complete.",

  ...CONCURRENCY_SENTENCES,

  "clocks-apart": [
    ({ toleranceMs, fitsAtMs, ...range }) =>
      `The clocks of ${CLOCKS[range.between].both} differ by more than ${toleranceMs} ms: ${skewInWords(range)}. So every answer that depends on the order of their events is unknown.${fitsAtMs === undefined ? "" : zoneSentence(fitsAtMs)}`,
    {
      toleranceMs: 1_000,
      fitsAtMs: -7_200_000,
      ...{ between: "peer-and-functions", atLeastMs: -7_201_900, atMostMs: -7_199_900 },
    },
    { toleranceMs: 1_000, between: "driver-and-functions", atLeastMs: 1_500, atMostMs: null },
    { toleranceMs: 1_000, between: "peer-and-functions", atLeastMs: null, atMostMs: -1_500 },
  ],
  "peer-clock-fits-nowhere": [
    ({ toleranceMs, fitsAtMs }) =>
      fitsAtMs !== undefined
        ? `The peer's log does not match the Inits and invocations that ran. Every answer that depends on the order of the peer's and the functions' events is unknown.${zoneSentence(fitsAtMs)}`
        : `The peer's log does not match the Inits and invocations that ran, even if its clock is up to ${toleranceMs} ms ahead or behind: the clocks differ by more (--clock-tolerance), or much evidence is missing. Every answer that depends on the order of the peer's and the functions' events is unknown.`,
    { toleranceMs: 1_000, fitsAtMs: 3_600_000 },
    { toleranceMs: 1_000 },
  ],
  "clocks-not-compared": "Nothing in the evidence compares two clocks.",
  "clocks-agree": [
    ({ toleranceMs, ranges }) =>
      `The clocks agree within ${toleranceMs} ms: ${ranges.map(skewInWords).join("; ")}.`,
    {
      toleranceMs: 1_000,
      ranges: [
        { between: "driver-and-functions", atLeastMs: -4, atMostMs: 2 },
        { between: "peer-and-functions", atLeastMs: -2_000, atMostMs: 0 },
      ],
    },
  ],

  "outcomes-unknown": [
    ({ invocations, why, runtime }) =>
      `It is not known whether ${count(invocations, "invocation")} succeeded: ${OUTCOME_UNKNOWN[why](runtime ?? "its runtime")}.`,
    { invocations: 1, why: "ambiguous-line", runtime: "dotnet:8.v47" },
    { invocations: 2, why: "started-again", runtime: "python:3.12.v105" },
    { invocations: 2, why: "runtime-unknown", runtime: null },
    { invocations: 2, why: "client-silent", runtime: "provided:al2023.v16" },
    { invocations: 2, why: "level-unknown", runtime: "python:3.12.v105" },
    { invocations: 2, why: "level-hides", runtime: "python:3.12.v105" },
    { invocations: 2, why: "console-altered", runtime: "nodejs:22.v50" },
    { invocations: 1, why: "report-missing", runtime: null },
    { invocations: 1, why: "end-unreadable", runtime: null },
    { invocations: 2, why: "web-function", runtime: "nodejs:24.v9" },
  ],
  "metrics-not-compared": [
    ({ why }) => `CloudWatch's metrics were not compared with the log: ${METRICS_NOT_COMPARED[why]}.`,
    { why: "no-data-points" },
    { why: "period-longer" },
    { why: "no-span" },
    { why: "readings-differ" },
    { why: "read-once" },
    { why: "group-shared" },
  ],
  "metrics-agree": [
    ({ from, to, invocations, errors, settled }, naming) =>
      `From ${naming.instant(from)} to ${naming.instant(to)} CloudWatch's metrics count ${count(invocations, "invocation")} and ${count(errors, "error")}, as the log does.${settled === 0 ? "" : ` This shows that ${count(settled, "invocation")} succeeded although the log does not show ${settled === 1 ? "its" : "their"} outcome.`}`,
    { ...SPAN, invocations: 1, errors: 0, settled: 0 },
    { ...SPAN, invocations: 120, errors: 1, settled: 1 },
    { ...SPAN, invocations: 120, errors: 3, settled: 5 },
  ],
  "metrics-differ": [
    (sums, naming) =>
      `From ${naming.instant(sums.from)} to ${naming.instant(sums.to)} CloudWatch's metrics count ${count(sums.invocationsCounted, "invocation")} and ${count(sums.errorsCounted, "error")}, and the log shows ${count(sums.invocationsLogged, "invocation")} and ${count(sums.errorsLogged, "error")}${sums.unknownLogged === 0 ? "" : ` (it does not show the outcome of ${sums.unknownLogged} of these invocations)`}.`,
    {
      ...SPAN,
      invocationsCounted: 1,
      errorsCounted: 0,
      invocationsLogged: 0,
      errorsLogged: 0,
      unknownLogged: 0,
    },
    {
      ...SPAN,
      invocationsCounted: 120,
      errorsCounted: 3,
      invocationsLogged: 120,
      errorsLogged: 1,
      unknownLogged: 4,
    },
  ],
  "source-unreadable": [
    ({ source }) => `Lines of ${source} could not be read, and nothing else shows their content.`,
    { source: "logs/peer.jsonl" },
  ],
  "protocol-contradicted": [
    ({ protocol, beginning, connections }) =>
      `The bytes of ${count(connections, "connection")} are not ${protocol}, which --protocol names: they begin with "${beginning}".`,
    { protocol: "postgres", beginning: "GET / HTTP/1.1\\x0d\\x0a", connections: 1 },
    { protocol: "mysql", beginning: "SSH-2.0-OpenSSH_", connections: 3 },
  ],
  "lines-not-understood": [
    ({ lines }) =>
      `${count(lines, "line looks like a platform line or a lifecycle line", "lines look like platform lines or lifecycle lines")}, but could not be read.`,
    { lines: 1 },
    { lines: 3 },
  ],
  "types-not-known": [
    ({ types }) =>
      `The platform wrote records of types that this version does not know: ${types.map(({ type, records }) => `${type} (${records})`).join(", ")}. What they say is not judged.`,
    {
      types: [
        { type: "platform.later", records: 12 },
        { type: "platform.other", records: 1 },
      ],
    },
  ],
  "lines-readable":
    "Every line was read, or is in a source whose event ids or sequence numbers show which lines are missing.",
};

const METRICS_NOT_COMPARED: Readonly<Record<MetricsNotCompared, string>> = {
  "no-data-points": "they have no data point for the time of the log",
  "period-longer":
    "each sum covers several minutes, and only sums of one minute can be compared (request them with --period 60)",
  "no-span":
    "no time span is suitable (there must be no START within 5 s of its beginning or its end, and its last invocation must have ended 5 minutes before the metrics were read)",
  "readings-differ": "two readings gave different sums, so CloudWatch was still counting",
  "read-once": "they were read only once, and CloudWatch may still have been counting",
  "group-shared": "the log group also has the logs of other functions",
};

/** Why the outcome is unknown, and what would show it. */
const OUTCOME_UNKNOWN: Readonly<Record<OutcomeUnknownCode, (runtime: string) => string>> = {
  "ambiguous-line": () =>
    `a line could speak of a failure (by a word, its level, a stack frame, an exit or a signal), and nothing shows whether the invocation failed. ${METRICS_DECIDE}`,
  "started-again": () => "a later START has the same request id, as when Lambda retries a failed invocation",
  "report-missing": () => "the log has END and no REPORT, and only REPORT shows how an invocation ended",
  "end-unreadable": () => "the platform's line about the end could not be read",
  "runtime-unknown": () =>
    "no line of the log names its runtime, so a missing error line proves nothing (INIT_START names the runtime, except for container images)",
  "client-silent": (runtime) =>
    `${runtime} may write nothing when a handler fails, so a missing error line proves nothing`,
  "level-unknown": () =>
    "the log is in JSON format and nothing shows its application log level, which may hide error lines (--application-log-level gives the level)",
  "web-function": () =>
    "the function is a web function, which answers its errors itself, and no line shows what it answered",
  "console-altered": (runtime) =>
    `something in the function changes the lines of its console (as Datadog's layer and some loggers do), so a failure's line of ${runtime} may look like any other line. ${METRICS_DECIDE}`,
  "level-hides": (runtime) => `the application log level may hide the error line of ${runtime}`,
};

const CLOCKS: Readonly<Record<SkewRange["between"], { readonly both: string; readonly other: string }>> = {
  "driver-and-functions": { both: "driver and functions", other: "the driver's" },
  "peer-and-functions": { both: "peer and functions", other: "the peer's" },
};

function skewInWords({ between, atLeastMs, atMostMs }: SkewRange): string {
  return `the functions' clock is ${ahead(atLeastMs, atMostMs)} ${CLOCKS[between].other}`;
}

/** How far one clock is ahead of another, or behind if the numbers are negative: `20 to 30 ms behind`. */
function ahead(atLeastMs: number | null, atMostMs: number | null): string {
  if (atLeastMs !== null && atLeastMs >= 0) return `${distance(atLeastMs, atMostMs)} ahead of`;
  if (atMostMs !== null && atMostMs <= 0)
    return `${distance(-atMostMs, atLeastMs === null ? null : -atLeastMs)} behind`;
  const behind = atLeastMs === null ? "an unknown time behind" : `${-atLeastMs} ms behind`;
  return `between ${behind} and ${atMostMs === null ? "an unknown time" : `${atMostMs} ms`} ahead of`;
}

function distance(atLeastMs: number, atMostMs: number | null): string {
  return atMostMs === null ? `at least ${atLeastMs} ms` : `${atLeastMs} to ${atMostMs} ms`;
}

/** `laterMs`: by how much the peer's times must be later to be right. */
function zoneSentence(laterMs: number): string {
  const length = formatDuration(durationMs(Math.abs(laterMs)));
  return ` The log would match if its times were ${length} ${laterMs > 0 ? "later" : "earlier"}, so they may be in another time zone than they say. --peer-log-zone sets the zone of a log whose times have none.`;
}
