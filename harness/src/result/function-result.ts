/** A function of the result (run-result.ts). */
import { z } from "zod";
import { INVOCATION, ENVIRONMENT } from "./environment-result.ts";
import { FINDING, type Finding, HARM_WINDOW, type HarmWindow } from "./finding-result.ts";
import { METRICS_NOT_COMPARED } from "./findings/accounting-findings.ts";
import { NOTHING_SUCCEEDED } from "../record/nothing-succeeded.ts";
import { PEER, PLACES, REASON_LIST, TAKEN_OVER } from "./peer-result.ts";
import { member, record, typed, type Member, type Recorded } from "../record/schema/member.ts";
import {
  COUNT,
  COUNT_OR_NULL,
  INSTANT_OR_NULL,
  LENGTH_OR_NULL,
  listed,
  TEXT,
  TEXT_OR_NULL,
  VERDICT,
} from "../record/schema/result-members.ts";
import { UNKNOWN_REASONS, type UnknownReason } from "./result-words.ts";

const QUANTILES = record(
  {
    count: member("kept", COUNT),
    min: member("kept", LENGTH_OR_NULL),
    p50: member("kept", LENGTH_OR_NULL),
    p90: member("kept", LENGTH_OR_NULL),
    p99: member("kept", LENGTH_OR_NULL),
    max: member("kept", LENGTH_OR_NULL),
  },
  { id: "quantiles" },
);
export type Quantiles = Recorded<typeof QUANTILES>;

const THRESHOLD = record({
  expression: member("threshold", TEXT),
  actual: member("kept", z.number().nullable()),
  holds: member("kept", z.boolean().nullable()),
});
export type ThresholdResult = Recorded<typeof THRESHOLD>;

const PROVOKED = record({ lever: member("text", TEXT), exposures: member("kept", COUNT) });

const COUNTED = record({
  logged: member("kept", COUNT, { about: "The number from the log." }),
  counted: member("kept", COUNT, { about: "The number from CloudWatch's metrics." }),
});
const COUNTED_TWICE = COUNTED.nullable().meta({ id: "countedTwice" });

const METRICS = record(
  {
    from: member("time", INSTANT_OR_NULL, {
      about:
        "Invocations that began at this time or later, and before `to`, were compared. Null if nothing could be compared.",
    }),
    to: member("time", INSTANT_OR_NULL),
    invocations: member("kept", COUNTED_TWICE),
    errors: member("kept", COUNTED_TWICE),
    agree: member("kept", z.boolean().nullable()),
    settled: member("kept", COUNT, {
      about:
        "The number of invocations whose outcome the log does not show, and which CloudWatch's counts show to be successes.",
    }),
    why: member("kept", z.enum(METRICS_NOT_COMPARED).nullable(), {
      about: "Why nothing could be compared. Null if something was compared.",
    }),
  },
  {
    id: "metrics",
    description: "CloudWatch's own counts beside the counts from the log. Absent if CloudWatch was not read.",
  },
);
export type MetricsResult = Recorded<typeof METRICS>;

const RUNTIME = record(
  {
    name: member("runtime", TEXT, {
      about: "Lambda's name, such as python3.12, or the version text of the log, such as python:3.12.v105.",
    }),
    family: member("kept", TEXT_OR_NULL, {
      about:
        "The family in the catalogue of runtimes, such as python. Null if the catalogue does not have it.",
    }),
    ranOn: member("program", TEXT_OR_NULL, {
      about:
        "The program of the local engine, such as Python 3.12.4. Null on AWS, for logs, and if the package contains the program.",
    }),
    notice: member("text", TEXT.exactOptional(), {
      about: "A sentence, if the program is of another release than the runtime. Absent otherwise.",
    }),
  },
  { description: "Absent if the evidence does not name the runtime." },
);
export type RuntimeResult = Recorded<typeof RUNTIME>;

export const FUNCTION = record(
  {
    name: member("label", TEXT, { about: "The label of the function, as --expect names it." }),
    functionArn: member("functionName", TEXT_OR_NULL),
    runtime: member("kept", RUNTIME.exactOptional()),
    verdict: member("kept", VERDICT),
    expected: member("kept", VERDICT.nullable()),
    expectationMet: member("kept", z.boolean().nullable()),
    reasons: member("kept", REASON_LIST),
    reservedConcurrency: member("kept", COUNT_OR_NULL),
    peers: member("kept", z.array(PEER).exactOptional(), {
      about:
        "The function's result with each of its peers; the function's verdict is the worst of these results. Absent if the function has at most one peer.",
    }),
    places: member("kept", PLACES.exactOptional(), {
      about:
        "The places of the peer. Absent in results of older versions, and if the function has several peers.",
    }),
    invocations: member(
      "kept",
      record(
        {
          planned: member("kept", COUNT),
          succeeded: member("kept", COUNT),
          functionErrors: member("kept", COUNT),
          throttled: member("kept", COUNT),
          invocationErrors: member("kept", COUNT),
          unknown: member("kept", COUNT),
          unknownReasons: member(
            "kept",
            record(
              Object.fromEntries(
                UNKNOWN_REASONS.map((one) => [one, member("kept", COUNT.exactOptional())]),
              ) as Readonly<Record<UnknownReason, Member<z.ZodExactOptional<typeof COUNT>>>>,
            ).exactOptional(),
            {
              about:
                "How many invocations are unknown for each reason (docs/checks.md#outcomes). Absent in results of schema version 1.",
            },
          ),
          skipped: member("kept", COUNT),
          answersLost: member("kept", COUNT.exactOptional(), {
            about:
              "How many of the planned invocations got their outcome from the logs, because the driver got no answer: the outcome of the only invocation that the call can have started. Absent if there are none.",
          }),
        },
        { description: "`planned` is the sum of the other members, except answersLost and unknownReasons." },
      ),
    ),
    nothingSucceeded: member("kept", record(NOTHING_SUCCEEDED).exactOptional(), {
      about: "The error of a soak in which no invocation succeeded. Absent otherwise.",
    }),
    exposure: member(
      "kept",
      record(
        {
          total: member("kept", COUNT),
          initWithoutInvoke: member("kept", COUNT_OR_NULL),
          replaced: member("kept", COUNT_OR_NULL),
          reset: member("kept", COUNT_OR_NULL),
          reinitialised: member("kept", COUNT_OR_NULL),
          provoked: member("kept", z.array(PROVOKED).exactOptional(), {
            about:
              "How many of the exposures each lever of --provoke made that was pulled; 0 if the evidence shows none. Absent if no lever was pulled, and in older results if there are none.",
          }),
          served: member("kept", COUNT.exactOptional(), {
            about:
              "Invocations that were served although other environments were alive that could have held the peer. `total` counts each pair of environments only once. An environment that was never invoked counts as alive for --idle-life, as for the exposures. Absent if there was no exposure, and in results of older versions.",
          }),
          exchangedAfter: member("kept", z.boolean().exactOptional(), {
            about:
              "Whether an invocation completed an exchange with the peer after the last exposure (with each peer, if there are several). Absent if there was no exposure.",
          }),
        },
        { description: "Only `total` decides about a pass. The other members are for information." },
      ),
    ),
    harm: member(
      "kept",
      record({
        total: member("kept", COUNT, { about: "Harmed invocations." }),
        delayed: member("kept", COUNT, {
          about: "Invocations that were refused at first and served later in the same invocation.",
        }),
        windowsMs: member("kept", z.array(z.number())),
        windows: member("kept", typed<readonly HarmWindow[]>(z.array(HARM_WINDOW))),
      }),
    ),
    takenOver: member("kept", TAKEN_OVER.exactOptional()),
    metrics: member("kept", METRICS.exactOptional()),
    latencyMs: member("kept", QUANTILES),
    initDurationMs: member("kept", QUANTILES),
    inits: member(
      "kept",
      record(
        {
          total: member("kept", COUNT),
          failed: member("kept", COUNT, { about: "Inits that failed or timed out." }),
          waitedFor: member("kept", COUNT, { about: "Cold starts that a caller waited for." }),
          ahead: member("kept", COUNT, {
            about: "No caller waited for the Init; the first invocation came more than a second after it.",
          }),
          withoutInvoke: member("kept", COUNT),
          unknown: member("kept", COUNT, {
            about: "Inits that are none of these, or for which the evidence does not decide it yet.",
          }),
          aheadMs: member("kept", QUANTILES, {
            about: "For the Inits ahead of need: the time from the end of the Init to the first START.",
          }),
        },
        {
          description: "The first Init of each environment. `total` is the sum of the five members after it.",
        },
      ),
    ),
    resets: member(
      "kept",
      record(
        {
          timeouts: member("kept", COUNT),
          crashes: member("kept", COUNT),
          outOfMemory: member("kept", COUNT),
        },
        {
          description:
            "Processes that ended before their environment, by reason. Their sum is exposure.reset.",
        },
      ),
    ),
    statistics: member(
      "kept",
      record({
        failureRatePerExposureUpper95: member("kept", z.number().min(0).max(1).nullable(), {
          about:
            "The upper 95 % bound of the failure rate per exposure (exact binomial). Null if there was no exposure, or if it is not known of an invocation whether it was harmed.",
        }),
        exposuresFailed: member("kept", COUNT),
        runLengthFor95PercentMs: member("kept", LENGTH_OR_NULL, {
          about:
            "How long a run must last to have an exposure with 95 % probability, at the observed rate. Null if no exposure was observed.",
        }),
        harmedPairsUnexposed: member("kept", COUNT.exactOptional(), {
          about:
            "Pairs of environments of which one kept the other from the peer, although no line with a START shows both alive at one time. Each pair counts as an exposure that did harm.",
        }),
        observedMs: member("kept", LENGTH_OR_NULL.exactOptional(), {
          about: "The length of the run or, without a run, of the evidence.",
        }),
        text: member("text", TEXT, { about: "These figures in one sentence." }),
      }),
    ),
    thresholds: member("kept", z.array(THRESHOLD)),
    environments: member("kept", listed(ENVIRONMENT)),
    invocationList: member("kept", listed(INVOCATION)),
    invocationsCondensed: member("kept", COUNT.exactOptional(), {
      about:
        "The number of further invocations, of which nothing shows a failure and near which nothing unusual happened. They are counted everywhere, but neither they nor their connections are in a list. Absent if there are none.",
    }),
    findings: member("kept", typed<readonly Finding[]>(z.array(FINDING))),
  },
  { id: "function" },
);
export type FunctionResult = Recorded<typeof FUNCTION>;
