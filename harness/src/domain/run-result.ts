/**
 * `result.json`: the result of the judgement. Times are ISO 8601 UTC, and names of durations end in `Ms`. An unknown value is null, never 0.
 * Members may be added. docs/result.schema.json is made from this file (domain/record/json-schema.ts).
 */
import { z } from "zod";
import { FUNCTION } from "./function-result.ts";
import { JUDGED_PROFILE } from "./judged-profile.ts";
import type { Overrides } from "./judgement-settings.ts";
import { record, typed, type Recorded } from "./record/member.ts";
import {
  COUNT,
  COUNT_OR_NULL,
  INSTANT_OR_NULL,
  LENGTH_OR_NULL,
  TEXT,
  TEXT_OR_NULL,
  VERDICT,
} from "./record/result-members.ts";
import { RESULT_SCHEMA_VERSION } from "./result-words.ts";
import { JUDGED_TARGETS } from "./target.ts";

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
const OVERRIDES = z
  .object({
    ...record(JUDGED_PROFILE).shape,
    expectations: z.record(z.string(), VERDICT),
    applicationLogLevel: TEXT_OR_NULL,
    reservedConcurrency: COUNT_OR_NULL,
    inFlight: COUNT,
    capacity: PLACES_GIVEN,
    peerCapacities: z.record(z.string(), PLACES_GIVEN).describe("By the name of the peer."),
  } satisfies Record<keyof Overrides, z.ZodType>)
  .partial();

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
