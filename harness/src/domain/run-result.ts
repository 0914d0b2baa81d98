/**
 * `result.json`: the result of the judgement. Times are ISO 8601 UTC, and names of durations end in `Ms`. An unknown value is null, never 0.
 * Members may be added. docs/result.schema.json is made from this file (domain/record/json-schema.ts).
 */
import { z } from "zod";
import { KEPT_CONNECTIONS } from "./capacity.ts";
import { CONNECTION_ENDED_BY, OPENED_IN } from "./connection-outcome.ts";
import { METRICS_NOT_COMPARED } from "./findings/accounting-findings.ts";
import type { Coded } from "./findings/coded.ts";
import type { CodedFinding } from "./findings/finding-parameters.ts";
import type { HarmFindings } from "./findings/harm-findings.ts";
import { INVOCATION_OUTCOMES } from "./invocation.ts";
import type { Overrides } from "./judgement-settings.ts";
import { CONNECT_OUTCOMES } from "./lifecycle-words.ts";
import { ENDINGS } from "./plan.ts";
import { RESETS } from "./platform-words.ts";
import { typed, type Recorded } from "./record/member.ts";
import {
  COUNT,
  COUNT_OR_NULL,
  INSTANT,
  INSTANT_OR_NULL,
  LENGTH_OR_NULL,
  listed,
  TEXT,
  TEXT_OR_NULL,
  VERDICT,
} from "./record/result-members.ts";
import {
  FINDING_KINDS,
  FINDING_STATUSES,
  REASONS,
  RESULT_SCHEMA_VERSION,
  UNKNOWN_REASONS,
  type UnknownReason,
} from "./result-words.ts";
import { JUDGED_TARGETS } from "./target.ts";

/** A finding or a harm window in an older result, in which none had a `code` yet. It has only its sentence, `text`. */
interface NotCoded {
  readonly code?: undefined;
  readonly parameters?: undefined;
}

const PARAMETERS = z.looseObject({});

const FINDING = z
  .object({
    check: TEXT,
    kind: z.enum(FINDING_KINDS),
    status: z.enum(FINDING_STATUSES),
    text: TEXT.describe("One plain sentence that says the same as the code and its parameters."),
    code: TEXT.exactOptional().describe(
      "The sentence as a code for programs; docs/checks.md lists all codes. Absent in results of older versions without codes.",
    ),
    parameters: PARAMETERS.exactOptional().describe(
      "The values in the sentence: environments (by id), times, lengths in milliseconds, counts.",
    ),
    environment: TEXT_OR_NULL.describe(
      "The id of the environment that was harmed, or that the finding is about.",
    ),
    holder: TEXT_OR_NULL.describe(
      "The id of the environment that held the connection. Null if no environment held it, or if the holder is unknown.",
    ),
    from: INSTANT_OR_NULL,
    to: INSTANT_OR_NULL,
    requestIds: listed(TEXT),
    peer: TEXT.exactOptional().describe(
      "The name of the peer. Absent if the function has at most one peer, or if the finding is about all of its peers.",
    ),
    allowed: z
      .literal(true)
      .exactOptional()
      .describe(
        "Present if the finding is only information, because kept connections are allowed (--kept-connections): it is no flaw and does not change the verdict.",
      ),
  })
  .meta({ id: "finding" });
export type FindingFacts = Omit<Recorded<typeof FINDING>, "text" | "code" | "parameters">;
export type Finding = FindingFacts & { readonly text: string } & (CodedFinding | NotCoded);

const BOOT = z
  .object({
    bootId: TEXT_OR_NULL,
    from: INSTANT_OR_NULL,
    to: INSTANT_OR_NULL,
    reset: z.enum(RESETS).nullable().describe("How the process ended, if it ended early."),
  })
  .describe("One life of a process in the environment.");
export type BootResult = Recorded<typeof BOOT>;

const CONNECTION = z
  .object({
    from: INSTANT_OR_NULL,
    to: INSTANT_OR_NULL,
    openedIn: z
      .enum(OPENED_IN)
      .nullable()
      .describe(
        "after-init: code that began in the Init phase opened the connection after the end of this phase and before an invocation.",
      ),
    outcome: z
      .enum([...CONNECT_OUTCOMES, "denied"])
      .nullable()
      .describe("denied: the server refused the client for a reason other than its number of connections."),
    ending: z.enum(ENDINGS).nullable(),
    peer: TEXT.exactOptional().describe("The name of one of several peers."),
    protocol: TEXT.exactOptional().describe(
      "The protocol in which the server spoke, if the link recognised it. The members below are present only with it.",
    ),
    code: TEXT_OR_NULL.exactOptional().describe(
      "The server's code for the refusal, or for the end of the connection.",
    ),
    text: TEXT_OR_NULL.exactOptional().describe(
      "The server's text for the refusal, or for the end of the connection.",
    ),
    clientName: TEXT_OR_NULL.exactOptional().describe("The name that the client gave itself."),
    endedBy: z
      .enum(CONNECTION_ENDED_BY)
      .nullable()
      .exactOptional()
      .describe("Which side ended the connection. Null while it is open."),
    goodbye: z
      .boolean()
      .nullable()
      .exactOptional()
      .describe(
        "Whether the function ended the connection with the protocol's goodbye. Null if the protocol does not show it.",
      ),
  })
  .describe("One attempt to reach the peer, and how it ended.");
export type ConnectionResult = Recorded<typeof CONNECTION>;

const INVOCATION_TAKEN_OVER = z
  .object({
    by: TEXT.describe("The environment that took over the connection. If there were several, the last one."),
    waitedMs: LENGTH_OR_NULL.describe(
      "How long the invocation had no connection. Null if it got no other connection.",
    ),
  })
  .describe("Present if another environment took over the connection that the invocation needed.");
export type InvocationTakenOver = Recorded<typeof INVOCATION_TAKEN_OVER>;

const INVOCATION = z
  .object({
    requestId: TEXT_OR_NULL,
    n: z
      .int()
      .nullable()
      .describe("The number of the invocation in the driver's schedule. Null if there was no driver."),
    environment: TEXT_OR_NULL.describe("Null if no log stream shows the invocation (throttled, lost)."),
    dueAt: INSTANT_OR_NULL,
    from: INSTANT_OR_NULL.describe(
      "The time of the platform's START, else the time at which the invocation was sent.",
    ),
    to: INSTANT_OR_NULL,
    latencyMs: LENGTH_OR_NULL,
    durationMs: LENGTH_OR_NULL,
    outcome: z.enum(INVOCATION_OUTCOMES),
    cause: TEXT_OR_NULL.describe(
      "The cause of the failure. Null if the invocation succeeded, or if nothing explains the failure.",
    ),
    harmed: z.boolean(),
    delayed: z.boolean(),
    peerClosedAt: INSTANT.exactOptional().describe(
      "The time at which the peer sent its FIN or reset the connection. Only for the cause peer-closed.",
    ),
    takenOver: INVOCATION_TAKEN_OVER.exactOptional(),
    answerLost: z
      .literal(true)
      .exactOptional()
      .describe(
        "True if the driver got no answer, and this is the only invocation in the logs that its call can have started. Absent if the driver got an answer.",
      ),
  })
  .meta({ id: "invocation" });
export type InvocationResult = Recorded<typeof INVOCATION>;

const ENVIRONMENT = z
  .object({
    id: TEXT.describe("The name of the log stream."),
    logStream: TEXT,
    version: TEXT_OR_NULL,
    initializationType: TEXT_OR_NULL,
    initStart: INSTANT_OR_NULL,
    initEnd: INSTANT_OR_NULL.describe(
      "The latest possible end of the Init, if initDurationMs is null: the first START, or 10 s after the beginning. Null otherwise.",
    ),
    initDurationMs: LENGTH_OR_NULL,
    initStatus: z.enum(["success", "error", "timeout"]).nullable(),
    initWithoutInvoke: z
      .boolean()
      .nullable()
      .describe(
        "True if the Init succeeded and the evidence ends without a START. Null while log lines may still arrive.",
      ),
    initGapMs: LENGTH_OR_NULL.describe(
      "The time from the end of the Init to the first START. Null if one of the two is unknown, or if the Init failed.",
    ),
    initWaitedFor: z
      .boolean()
      .nullable()
      .describe(
        "True if the START came within 0.1 s: a caller waited for the Init. False if it came more than 1 s later, or if the concurrency is provisioned. Null if this is unknown.",
      ),
    invocations: COUNT,
    firstInvoke: INSTANT_OR_NULL,
    lastInvoke: INSTANT_OR_NULL,
    end: INSTANT_OR_NULL,
    ending: z.enum(["shutdown", "vanished"]).nullable(),
    boots: z.array(BOOT),
    connections: z.array(CONNECTION),
  })
  .meta({ id: "environment" });
export type EnvironmentResult = Recorded<typeof ENVIRONMENT>;

const QUANTILES = z
  .object({
    count: COUNT,
    min: LENGTH_OR_NULL,
    p50: LENGTH_OR_NULL,
    p90: LENGTH_OR_NULL,
    p99: LENGTH_OR_NULL,
    max: LENGTH_OR_NULL,
  })
  .meta({ id: "quantiles" });
export type Quantiles = Recorded<typeof QUANTILES>;

const HARM_WINDOW = z
  .object({
    from: INSTANT.describe("The start of the first harmed invocation."),
    to: INSTANT.describe(
      "The start of the next invocation which shows that the peer is free again, or which another connection harmed. If there is none, the end of the run.",
    ),
    durationMs: z.number(),
    invocations: COUNT.describe("The failed invocations."),
    environments: z.array(TEXT).describe("The environments in which invocations failed."),
    holder: TEXT_OR_NULL.describe(
      "If the peer has several places, the idle environment that held one of them longest.",
    ),
    peer: TEXT.exactOptional().describe("The same member as in a finding."),
    code: TEXT.exactOptional().describe("The same member as in a finding."),
    parameters: PARAMETERS.exactOptional().describe("The same member as in a finding."),
    text: TEXT.describe(
      "One sentence: the holder, since when it held the peer, the phase in which it connected, how often it was invoked, which environments failed, and for how long.",
    ),
  })
  .meta({
    id: "harmWindow",
    description:
      "The time from the start of the first harmed invocation to the start of the next served one or, if there is none, to the end of the run.",
  });
export type HarmWindowFacts = Omit<Recorded<typeof HARM_WINDOW>, "text" | "code" | "parameters">;
export type HarmWindow = HarmWindowFacts & { readonly text: string } & (
    Coded<Pick<HarmFindings, "peer-held" | "places-held">> | NotCoded
  );

const THRESHOLD = z.object({
  expression: TEXT,
  actual: z.number().nullable(),
  holds: z.boolean().nullable(),
});
export type ThresholdResult = Recorded<typeof THRESHOLD>;

const COUNTED_TWICE = z
  .object({
    logged: COUNT.describe("The number from the log."),
    counted: COUNT.describe("The number from CloudWatch's metrics."),
  })
  .nullable()
  .meta({ id: "countedTwice" });

const METRICS = z
  .object({
    from: INSTANT_OR_NULL.describe(
      "Invocations that began at this time or later, and before `to`, were compared. Null if nothing could be compared.",
    ),
    to: INSTANT_OR_NULL,
    invocations: COUNTED_TWICE,
    errors: COUNTED_TWICE,
    agree: z.boolean().nullable(),
    settled: COUNT.describe(
      "The number of invocations whose outcome the log does not show, and which CloudWatch's counts show to be successes.",
    ),
    why: z
      .enum(METRICS_NOT_COMPARED)
      .nullable()
      .describe("Why nothing could be compared. Null if something was compared."),
  })
  .meta({
    id: "metrics",
    description: "CloudWatch's own counts beside the counts from the log. Absent if CloudWatch was not read.",
  });
export type MetricsResult = Recorded<typeof METRICS>;

const RUNTIME = z
  .object({
    name: TEXT.describe(
      "Lambda's name, such as python3.12, or the version text of the log, such as python:3.12.v105.",
    ),
    family: TEXT_OR_NULL.describe(
      "The family in the catalogue of runtimes, such as python. Null if the catalogue does not have it.",
    ),
    ranOn: TEXT_OR_NULL.describe(
      "The program of the local engine, such as Python 3.12.4. Null on AWS, for logs, and if the package contains the program.",
    ),
    notice: TEXT.exactOptional().describe(
      "A sentence, if the program is of another release than the runtime. Absent otherwise.",
    ),
  })
  .describe("Absent if the evidence does not name the runtime.");
export type RuntimeResult = Recorded<typeof RUNTIME>;

const REASON_LIST = z.array(z.enum(REASONS)).meta({ id: "reasons" });

const PLACES = z.object({
  capacity: COUNT_OR_NULL.describe(
    "How many connections the peer serves at one time: the given number, or the default. Null if it is unknown.",
  ),
  peakPlaces: COUNT_OR_NULL.describe(
    "The largest number of connections that can have been open at one time. Three kinds count only up to the capacity, unless other connections show that the capacity is larger: overlaps shorter than 50 ms, connections that the server may not have served yet, and connections without a line about their end. Null if neither a whole peer log nor a link log shows the number.",
  ),
});
export type PlacesResult = Recorded<typeof PLACES>;

const PEER = z
  .object({
    name: TEXT,
    address: TEXT_OR_NULL.describe("Null if only a log of the peer was given."),
    protocol: TEXT_OR_NULL.describe("The protocol that the links recognised."),
    verdict: VERDICT,
    reasons: REASON_LIST,
    ...PLACES.shape,
    exposure: COUNT.describe("The number of exposures."),
    harm: COUNT.describe("The number of harmed invocations."),
  })
  .meta({ id: "peer" });
/** The result of a function with one of its several peers. */
export type PeerResult = Recorded<typeof PEER>;

const TAKEN_OVER = z
  .object({
    total: COUNT,
    inTurn: COUNT.describe(
      "How many of these ends belong to a series in which two environments took the connection from each other three times or more.",
    ),
    delayed: COUNT.describe(
      "Invocations that lost their connection in this way, waited for another one, and got it.",
    ),
    longestWaitMs: z.number().nonnegative().describe("0 if no invocation waited."),
    pairs: z.array(
      z.object({
        evicter: TEXT.describe("The environment that got the connection."),
        victim: TEXT.describe("The environment that lost it."),
        times: COUNT,
      }),
    ),
  })
  .describe(
    "Connections that the peer ended for another environment of the function. Absent in results of older versions.",
  );
/** Connections that one environment of a function took over from another one (docs/checks.md#takeover). */
export type TakenOverResult = Recorded<typeof TAKEN_OVER>;

const NOTHING_SUCCEEDED = z
  .object({
    failed: COUNT,
    times: COUNT.describe("How many invocations had this error, which is the most frequent one."),
    errorType: TEXT_OR_NULL,
    errorMessage: TEXT_OR_NULL,
    lines: z
      .array(TEXT)
      .describe(
        "The lines of the log that show where the error was thrown, or the last lines of a process that exited.",
      ),
    logStream: TEXT_OR_NULL,
  })
  .describe("The error of a soak in which no invocation succeeded. Absent otherwise.");

const FUNCTION = z
  .object({
    name: TEXT.describe("The label of the function, as --expect names it."),
    functionArn: TEXT_OR_NULL,
    runtime: RUNTIME.exactOptional(),
    verdict: VERDICT,
    expected: VERDICT.nullable(),
    expectationMet: z.boolean().nullable(),
    reasons: REASON_LIST,
    reservedConcurrency: COUNT_OR_NULL,
    peers: z
      .array(PEER)
      .exactOptional()
      .describe(
        "The function's result with each of its peers; the function's verdict is the worst of these results. Absent if the function has at most one peer.",
      ),
    places: PLACES.exactOptional().describe(
      "The places of the peer. Absent in results of older versions, and if the function has several peers.",
    ),
    invocations: z
      .object({
        planned: COUNT,
        succeeded: COUNT,
        functionErrors: COUNT,
        throttled: COUNT,
        invocationErrors: COUNT,
        unknown: COUNT,
        unknownReasons: z
          .object(
            Object.fromEntries(UNKNOWN_REASONS.map((one) => [one, COUNT.exactOptional()])) as Readonly<
              Record<UnknownReason, z.ZodExactOptional<typeof COUNT>>
            >,
          )
          .exactOptional()
          .describe(
            "How many invocations are unknown for each reason (docs/checks.md#outcomes). Absent in results of schema version 1.",
          ),
        skipped: COUNT,
        answersLost: COUNT.exactOptional().describe(
          "How many of the planned invocations got their outcome from the logs, because the driver got no answer: the outcome of the only invocation that the call can have started. Absent if there are none.",
        ),
      })
      .describe("`planned` is the sum of the other members, except answersLost and unknownReasons."),
    nothingSucceeded: NOTHING_SUCCEEDED.exactOptional(),
    exposure: z
      .object({
        total: COUNT,
        initWithoutInvoke: COUNT_OR_NULL,
        replaced: COUNT_OR_NULL,
        reset: COUNT_OR_NULL,
        reinitialised: COUNT_OR_NULL,
        exchangedAfter: z
          .boolean()
          .exactOptional()
          .describe(
            "Whether an invocation completed an exchange with the peer after the last exposure (with each peer, if there are several). Absent if there was no exposure.",
          ),
      })
      .describe("Only `total` decides about a pass. The other members are for information."),
    harm: z.object({
      total: COUNT.describe("Harmed invocations."),
      delayed: COUNT.describe(
        "Invocations that were refused at first and served later in the same invocation.",
      ),
      windowsMs: z.array(z.number()),
      windows: typed<readonly HarmWindow[]>(z.array(HARM_WINDOW)),
    }),
    takenOver: TAKEN_OVER.exactOptional(),
    metrics: METRICS.exactOptional(),
    latencyMs: QUANTILES,
    initDurationMs: QUANTILES,
    inits: z
      .object({
        total: COUNT,
        failed: COUNT.describe("Inits that failed or timed out."),
        waitedFor: COUNT.describe("Cold starts that a caller waited for."),
        ahead: COUNT.describe(
          "No caller waited for the Init; the first invocation came more than a second after it.",
        ),
        withoutInvoke: COUNT,
        unknown: COUNT.describe(
          "Inits that are none of these, or for which the evidence does not decide it yet.",
        ),
        aheadMs: QUANTILES.describe(
          "For the Inits ahead of need: the time from the end of the Init to the first START.",
        ),
      })
      .describe("The first Init of each environment. `total` is the sum of the five members after it."),
    resets: z
      .object({ timeouts: COUNT, crashes: COUNT, outOfMemory: COUNT })
      .describe("Processes that ended before their environment, by reason. Their sum is exposure.reset."),
    statistics: z.object({
      failureRatePerExposureUpper95: z
        .number()
        .min(0)
        .max(1)
        .nullable()
        .describe(
          "The upper 95 % bound of the failure rate per exposure (exact binomial). Null if there was no exposure, or if it is not known of an invocation whether it was harmed.",
        ),
      exposuresFailed: COUNT,
      runLengthFor95PercentMs: LENGTH_OR_NULL.describe(
        "How long a run must last to have an exposure with 95 % probability, at the observed rate. Null if no exposure was observed.",
      ),
      harmedPairsUnexposed: COUNT.exactOptional().describe(
        "Pairs of environments of which one kept the other from the peer, although no line with a START shows both alive at one time. Each pair counts as an exposure that did harm.",
      ),
      observedMs: LENGTH_OR_NULL.exactOptional().describe(
        "The length of the run or, without a run, of the evidence.",
      ),
      text: TEXT.describe("These figures in one sentence."),
    }),
    thresholds: z.array(THRESHOLD),
    environments: listed(ENVIRONMENT),
    invocationList: listed(INVOCATION),
    invocationsCondensed: COUNT.exactOptional().describe(
      "The number of further invocations that succeeded. They are counted everywhere, but neither they nor their connections are in a list. Absent if there are none.",
    ),
    findings: typed<readonly Finding[]>(z.array(FINDING)),
  })
  .meta({ id: "function" });
export type FunctionResult = Recorded<typeof FUNCTION>;

export const RUN_FACTS = z
  .object({
    id: TEXT,
    target: z.enum(JUDGED_TARGETS),
    from: INSTANT_OR_NULL,
    to: INSTANT_OR_NULL,
    status: TEXT_OR_NULL,
    platform: TEXT_OR_NULL.describe(
      "The name of the platform profile, or the content of the file with the profile.",
    ),
    seed: z.int().nullable(),
    isolation: TEXT_OR_NULL,
    toolVersion: TEXT,
    durationMs: LENGTH_OR_NULL,
    intervalMs: LENGTH_OR_NULL,
  })
  .meta({ id: "run" });

const PLACES_GIVEN = z
  .object({
    places: COUNT_OR_NULL.describe("Null if the number is unknown."),
    given: z.boolean(),
  })
  .meta({ id: "placesGiven" });

/** A setting that can be overridden and is not listed here does not compile. */
const OVERRIDES = z.object({
  clockToleranceMs: z.number().exactOptional(),
  idleLifeMs: z.number().exactOptional(),
  settleMs: z.number().exactOptional(),
  thresholds: z.array(TEXT).exactOptional(),
  expectations: z.record(z.string(), VERDICT).exactOptional(),
  applicationLogLevel: TEXT_OR_NULL.exactOptional(),
  reservedConcurrency: COUNT_OR_NULL.exactOptional(),
  inFlight: COUNT.exactOptional(),
  capacity: PLACES_GIVEN.exactOptional(),
  peerCapacities: z.record(z.string(), PLACES_GIVEN).exactOptional().describe("By the name of the peer."),
  keptConnections: z.enum(KEPT_CONNECTIONS).exactOptional(),
  strangers: z.array(TEXT).exactOptional(),
} satisfies Record<keyof Overrides, z.ZodType>);

export const RUN_RESULT = z
  .object({
    schemaVersion: typed<typeof RESULT_SCHEMA_VERSION>(z.literal([1, 2, RESULT_SCHEMA_VERSION])).describe(
      "3: overrides, if there were any. 2: functions[].invocations has unknownReasons. 1: it does not.",
    ),
    verdict: VERDICT.describe(
      "The worst verdict of all functions: fail is worse than inconclusive, and inconclusive is worse than pass.",
    ),
    expectationsMet: z.boolean().nullable().describe("Null if --expect was not given."),
    exitCode: z.int().min(0).max(255),
    run: RUN_FACTS,
    overrides: typed<Overrides>(OVERRIDES)
      .exactOptional()
      .describe(
        "What the user set for this judgement, in place of what the run was started with. Absent if nothing.",
      ),
    functions: z.array(FUNCTION),
    unreadable: z
      .array(z.object({ source: TEXT, lines: COUNT, example: TEXT_OR_NULL }).meta({ id: "unreadable" }))
      .describe("How many lines of each source could not be read."),
    notices: z
      .array(TEXT)
      .exactOptional()
      .describe(
        "Sentences about evidence that shows little, such as a server's log without connections, and about a server that could not be reached although no invocation failed because of it. They change no verdict. Absent if there are none.",
      ),
  })
  .meta({
    title: "lambda-longrun result",
    description:
      "result.json of a run directory: environments, findings, statistics and verdicts. Times are ISO 8601 UTC, durations end in Ms, and what is unknown is null, never 0. Members may be added; readers ignore those they do not know.",
  });
export type RunResult = Recorded<typeof RUN_RESULT>;
