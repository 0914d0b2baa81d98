/** A function of the result (run-result.ts). */
import { z } from "zod";
import { INVOCATION, ENVIRONMENT } from "./environment-result.ts";
import { FINDING, type Finding, HARM_WINDOW, type HarmWindow } from "./finding-result.ts";
import { METRICS_NOT_COMPARED } from "./findings/accounting-findings.ts";
import { NOTHING_SUCCEEDED } from "./nothing-succeeded.ts";
import { described, typed, type Recorded } from "./record/member.ts";
import {
  COUNT,
  COUNT_OR_NULL,
  INSTANT_OR_NULL,
  LENGTH_OR_NULL,
  listed,
  TEXT,
  TEXT_OR_NULL,
  VERDICT,
} from "./record/result-members.ts";
import { REASONS, UNKNOWN_REASONS, type UnknownReason } from "./result-words.ts";

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

export const FUNCTION = z
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
    nothingSucceeded: described(NOTHING_SUCCEEDED)
      .describe("The error of a soak in which no invocation succeeded. Absent otherwise.")
      .exactOptional(),
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
      "The number of further invocations, of which nothing shows a failure and near which nothing unusual happened. They are counted everywhere, but neither they nor their connections are in a list. Absent if there are none.",
    ),
    findings: typed<readonly Finding[]>(z.array(FINDING)),
  })
  .meta({ id: "function" });
export type FunctionResult = Recorded<typeof FUNCTION>;
