/** The journal: what the harness itself did and saw, one event per line. Lines are only appended. */
import { z } from "zod";
import { ADMISSIONS } from "../words/admission.ts";
import { RUN_PROBLEMS } from "./evidence-problems.ts";
import { RUN_NOTICES } from "./notices.ts";
import { OUTCOMES, type InvocationOutcomeName } from "./invocation.ts";
import { LEVERS } from "../words/lever.ts";
import { NOTHING_SUCCEEDED } from "./nothing-succeeded.ts";
import { APPLICATION_LOG_LEVELS, LOG_FORMATS } from "../words/platform-words.ts";
import { member, openWord, record, typed, type DeclaredMembers, type Recorded } from "./schema/member.ts";

export const DRIVE_STOP_REASONS = [
  "duration",
  "signal",
  "abort",
  "harm",
  "disk-full",
  "engine-gone",
  "signed-out",
  "handler-not-loadable",
  "copy-without-log",
] as const;
export type DriveStopReason = (typeof DRIVE_STOP_REASONS)[number];

const TEXT = z.string();
const TEXT_OR_NULL = TEXT.nullable();
const NUMBER = z.number();

const EVERY_EVENT = {
  sequence: member("kept", NUMBER, { about: "1, 2, 3, … without a gap" }),
  time: member("time", TEXT),
  monotonicMs: member("kept", NUMBER, {
    about: "the process's monotonic clock, which a change of the wall clock does not affect",
  }),
} as const;

function event<const Name extends string, Of extends DeclaredMembers>(name: Name, members: Of) {
  const own = { event: member("kept", z.literal(name)), ...EVERY_EVENT };
  return record<typeof own & Of>({ ...own, ...members });
}

const FUNCTION = { function: member("label", TEXT) } as const;
const INVOCATION = { ...FUNCTION, n: member("kept", NUMBER) } as const;
const DUE_AT = member("time", TEXT);
const ABOUT_FUNCTION = { function: member("label", TEXT_OR_NULL) } as const;

function ended<const Name extends InvocationOutcomeName, Of extends DeclaredMembers>(
  outcome: Name,
  members: Of,
) {
  const own = {
    ...INVOCATION,
    outcome: member("kept", z.literal(outcome)),
    requestId: member("id", TEXT_OR_NULL, {
      about: "the header x-amzn-RequestId. Null if no answer had it",
    }),
    executedVersion: member("qualifier", TEXT_OR_NULL),
    durationMs: member("kept", NUMBER, {
      about: "from sending the request to the last byte of the answer",
      checked: false,
    }),
    latencyMs: member("kept", NUMBER, {
      about: "from the due instant to the last byte. It includes the wait for slow earlier invocations",
    }),
  };
  return event<"invocation-ended", typeof own & Of>("invocation-ended", { ...own, ...members });
}

function problem<const Code extends keyof typeof RUN_PROBLEMS>(code: Code) {
  return event("evidence-problem", {
    ...ABOUT_FUNCTION,
    code: member("kept", z.literal(code)),
    parameters: member("kept", RUN_PROBLEMS[code]),
  });
}

function notice<const Code extends keyof typeof RUN_NOTICES>(code: Code) {
  return event("evidence-notice", {
    ...ABOUT_FUNCTION,
    code: member("kept", z.literal(code)),
    parameters: member("kept", RUN_NOTICES[code]),
  });
}

/** Written before the change is made, so that it can be undone even if the run is killed during the call (provoke/undo-changes.ts). */
function change<const Kind extends string, Of extends DeclaredMembers>(kind: Kind, members: Of) {
  const own = { ...FUNCTION, change: member("kept", z.literal(kind)), lever: LEVER };
  return event<"change-begun", typeof own & Of>("change-begun", { ...own, ...members });
}

const CHANGES = ["publish", "provision", "describe", "reserve", "copy"] as const;
const LEVER = member("text", openWord(LEVERS));

export const JOURNAL_EVENT = z.discriminatedUnion("event", [
  event("run-started", { resumed: member("kept", z.boolean(), { checked: false }) }),
  event("function-ready", {
    ...FUNCTION,
    functionArn: member("functionName", TEXT),
    logGroup: member("group", TEXT),
    reservedConcurrency: member("kept", NUMBER.nullable()),
    runtime: member("runtime", TEXT_OR_NULL),
    timeoutMs: member("kept", NUMBER),
    lastModified: member("time", TEXT, { checked: false }),
    codeSha256: member("text", TEXT_OR_NULL),
    logFormat: member("kept", z.enum(LOG_FORMATS), { checked: false }),
    systemLogLevel: member("kept", typed<string | null>(z.enum(APPLICATION_LOG_LEVELS).nullable()), {
      checked: false,
    }),
  }),
  /**
   * A local engine answers. Written at the start, and again when another engine has replaced the earlier one. `connections` is added to the
   * engine's connection numbers, because every engine counts from 1.
   */
  event("engine-ready", { since: member("time", TEXT), connections: member("kept", NUMBER) }),
  event("peer-ready", {
    ...FUNCTION,
    host: member("host", TEXT),
    port: member("kept", NUMBER),
    admission: member("text", typed<string | null>(openWord(ADMISSIONS).nullable())),
  }),
  /**
   * The first invocation is due one interval after this event. A resumed run has one such event for each part, and continues the numbers of
   * the invocations.
   */
  event("drive-started", {}),
  event("invocation-sent", {
    ...INVOCATION,
    dueAt: DUE_AT,
    lateMs: member("kept", NUMBER, { checked: false }),
    /** Only if the lever `tenants` names one. */
    tenantId: member("tenant", TEXT.exactOptional()),
  }),
  z.discriminatedUnion("outcome", [
    ended("succeeded", OUTCOMES.succeeded),
    ended("function-error", OUTCOMES["function-error"]),
    ended("throttled", OUTCOMES.throttled),
    ended("invocation-error", OUTCOMES["invocation-error"]),
    ended("unknown", OUTCOMES.unknown),
  ]),
  /**
   * The invocation was not made: when it was due, the previous one was still in flight, or a stop had been requested. `signed-out`: it was
   * sent, and AWS did not accept the credentials, so nothing ran.
   */
  event("invocation-skipped", {
    ...INVOCATION,
    dueAt: DUE_AT,
    reason: member("kept", z.literal("signed-out").exactOptional(), { checked: false }),
  }),
  z.discriminatedUnion("change", [
    change("publish", {
      description: member("text", TEXT, { about: "by which the version is found again" }),
    }),
    change("provision", { version: member("qualifier", TEXT) }),
    change("describe", { from: member("text", TEXT), to: member("text", TEXT) }),
    change("reserve", { from: member("kept", NUMBER.nullable()), to: member("kept", NUMBER) }),
    /** The function itself was made, as a copy of another one. No lever made it, so it shows nothing about environments. */
    event("change-begun", {
      ...FUNCTION,
      change: member("kept", z.literal("copy")),
      of: member("functionName", TEXT),
      run: member("text", TEXT, { about: "which the tag of the copy names" }),
    }),
  ]),
  /** A version of this run exists. The environments of all versions that a lever made are provoked. */
  event("version-published", { ...FUNCTION, lever: LEVER, version: member("qualifier", TEXT) }),
  /** `left`: why it was not undone. Null if it was. */
  event("change-undone", {
    ...FUNCTION,
    change: member("kept", z.enum(CHANGES)),
    what: member("text", TEXT),
    left: member("text", TEXT_OR_NULL),
  }),
  event("stop-requested", { reason: member("text", openWord(DRIVE_STOP_REASONS)) }),
  event("drive-ended", {}),
  /** All log events up to `through` have been read. */
  event("logs-read", {
    ...FUNCTION,
    through: member("time", TEXT),
    records: member("kept", NUMBER, { checked: false }),
  }),
  /**
   * `settled`: all records of every known request were found, or `--settle` has passed. False if the soak was aborted or AWS no longer accepted
   * the credentials.
   */
  event("logs-settled", {
    ...FUNCTION,
    settled: member("kept", z.boolean()),
    missingRequestIds: member("id", z.array(TEXT)),
  }),
  /** The wall clock moved differently from the monotonic clock: it was set back (negative) or ahead, or the machine slept. */
  event("clock-changed", { byMs: member("kept", NUMBER) }),
  /** Evidence is missing or wrong. Older versions wrote a sentence (`text`) in place of code and parameters. */
  z.discriminatedUnion("code", [
    problem("told"),
    problem("run-clock-set-back"),
    problem("evidence-not-read"),
    problem("plan-not-stopped"),
    problem("engine-records-dropped"),
    problem("server-log-lines-not-read"),
    problem("server-log-not-read"),
    problem("problem-not-known"),
  ]),
  /**
   * A remark about evidence, for example that a peer log is empty. It does not change the verdict. Older versions wrote a sentence (`text`)
   * here too.
   */
  z.discriminatedUnion("code", [
    notice("told"),
    notice("notice-not-known"),
    notice("peer-log-empty"),
    notice("peer-log-of-other-time"),
    notice("server-log-shows-nothing"),
    notice("server-log-without-connections"),
    notice("server-log-without-streams"),
  ]),
  event("nothing-succeeded", { ...FUNCTION, ...NOTHING_SUCCEEDED }),
  event("run-ended", {}),
]);
export type JournalEvent = Recorded<typeof JOURNAL_EVENT>;
export type ChangeBegun = Extract<JournalEvent, { readonly event: "change-begun" }>;

const EVENT_NAMES = [...(JOURNAL_EVENT._zod.propValues["event"] ?? [])].map(String);
const CODES = [...Object.keys(RUN_PROBLEMS), ...Object.keys(RUN_NOTICES)];

/** An event that only a later version knows, or that an older version wrote in another form. */
export const OTHER_EVENT = record({
  event: member("text", openWord(EVENT_NAMES)),
  ...EVERY_EVENT,
  function: member("label", TEXT, { checked: false }),
  code: member("text", openWord(CODES), { checked: false }),
  text: member("text", TEXT, { checked: false }),
});

type BodyOf<Event> = Event extends unknown ? Omit<Event, keyof typeof EVERY_EVENT> : never;
export type JournalEventBody = BodyOf<JournalEvent>;
