/** Sentences about whether every invocation, log stream and line is accounted for, and whether clocks agree. */
import type {
  AccountingFindings,
  SkewRange,
  StreamProblemParameters,
} from "../../domain/findings/accounting-findings.ts";
import { count } from "./fixed-words.ts";
import { inWords, type Wording } from "./wording.ts";

/** What a log stream lacks, as a clause whose subject is the log stream. */
const STREAM_PROBLEMS: Wording<StreamProblemParameters> = {
  "init-missing": ({ since }) =>
    `it does not begin with an Init (widen --since${since === null ? "" : ` to ${since}`})`,
  "lines-before-init": () => "lines stand before its Init",
  "records-dropped": () => "the platform reported dropped log records",
  "starts-missing": ({ starts }) => `${count(starts, "START")} missing`,
  "ends-missing": ({ starts }) => `${count(starts, "START")} without an end`,
  "lifecycle-lines-missing": () => "lifecycle lines are missing by their own count",
};

export const ACCOUNTING_SENTENCES: Wording<AccountingFindings> = {
  "no-driver": () => "No driver took part: there is nothing planned to account for.",
  "journal-events-missing": ({ events }) =>
    `${count(events, "event")} of the journal ${isOrAre(events)} missing.`,
  "invocations-ended-twice": ({ invocations, first }) =>
    `${count(invocations, "invocation")} ended more than once in the journal (first: number ${first}).`,
  "invocations-without-end": ({ invocations, first }) =>
    `What became of ${count(invocations, "invocation")} is not in the journal (first: number ${first}).`,
  "invocations-not-sent": ({ invocations }) =>
    `${count(invocations, "planned invocation")} ${isOrAre(invocations)} neither sent nor skipped in the journal.`,
  "evidence-problem": ({ told }) => told,
  "invocations-accounted": () => "Every planned invocation is accounted for once.",

  "stream-incomplete": ({ environment, problem }, naming) =>
    `The log stream of environment ${naming.environment(environment)} is incomplete: ${inWords(STREAM_PROBLEMS, problem, naming)}.`,
  "invocations-in-no-stream": ({ invocations }) =>
    `${count(invocations, "invocation")} that the driver knows ${isOrAre(invocations)} in no log stream.`,
  "invocations-in-many-streams": ({ invocations }) =>
    `${count(invocations, "invocation")} ${isOrAre(invocations)} in more than one log stream.`,
  "logs-not-settled": () => "Logs were not read until every known request was found or --settle had passed.",
  "logs-settled-incomplete": ({ invocations }) =>
    `When log reading ended, ${count(invocations, "invocation")} had not been found complete.`,
  "stream-missing": ({ logStream }) =>
    `The peer's log names log stream ${logStream}, which is not in the evidence.`,
  "peer-log-foreign": ({ found, of }) =>
    `The peer's log shows ${found} of ${of} connections that the function says were accepted: it is another peer's or of another time, or its clock is far off.`,
  "peer-log-nameless": ({ connections }) =>
    `The peer's log names nobody, and another machine's would show as many of the function's ${count(connections, "connection")} by chance: whether it is this peer's cannot be told (a hello in it would tell).`,
  "no-stream": () => "There is no log stream in the evidence.",
  "streams-complete": () => "Every log stream is complete.",

  "nothing-reserved": () => "No concurrency is reserved for the function: there is nothing to exceed.",
  "never-overlapped": () => "Invocations never overlapped.",
  "overlapped-reserved-unknown": ({ invocations }) =>
    `${invocations} invocations ran at one time, and it is not known how many are reserved (--reserved-concurrency).`,
  "reserved-kept": ({ reserved }) => `Never more than ${reserved} invocation(s) ran at one time.`,
  "reserved-exceeded": ({ invocations, reserved }) =>
    `${invocations} invocations ran at one time although reserved concurrency is ${reserved}.`,

  "clocks-apart": ({ toleranceMs, ...range }) =>
    `The clocks of ${CLOCKS[range.between]} are further apart than ${toleranceMs} ms (${rangeInWords(range)}): what depends on their order is unknown.`,
  "peer-clock-fits-nowhere": ({ toleranceMs }) =>
    `No shift of the peer's clock by up to ${toleranceMs} ms puts the connections it logged into the Inits and invocations that ran: the clocks are further apart (--clock-tolerance), or much evidence is missing. What depends on their order is unknown.`,
  "clocks-not-compared": () => "Nothing in the evidence compares two clocks.",
  "clocks-agree": ({ toleranceMs, ranges }) =>
    `Clocks agree within ${toleranceMs} ms: ${ranges.map((range) => `${CLOCKS[range.between]} ${rangeInWords(range)}`).join("; ")}.`,

  "source-unreadable": ({ source }) =>
    `Lines of ${source} could not be read, and nothing shows what they were.`,
  "lines-not-understood": ({ lines }) =>
    `${lines} line(s) look like the platform's or the function's own and could not be read.`,
  "lines-readable": () => "Every line was read, or its loss would show.",
};

const CLOCKS: Readonly<Record<SkewRange["between"], string>> = {
  "driver-and-functions": "driver and functions",
  "peer-and-functions": "peer and functions",
};

function rangeInWords({ atLeastMs, atMostMs }: SkewRange): string {
  return `between ${atLeastMs ?? "…"} and ${atMostMs ?? "…"} ms`;
}

function isOrAre(amount: number): string {
  return amount === 1 ? "is" : "are";
}
