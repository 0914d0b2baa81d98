/**
 * `result.json`: the result of the judgement. Times are ISO 8601 UTC, and names of durations end in `Ms`. An unknown value is null, never 0.
 * Members may be added. docs/result.schema.json is made from this file (record/schema/json-schema.ts).
 */
import { z } from "zod";
import { FUNCTION } from "./function-result.ts";
import { JUDGED_PROFILE } from "../record/judged-profile.ts";
import type { Overrides } from "../record/judgement-settings.ts";
import {
  allOptional,
  member,
  openWord,
  record,
  typed,
  type Member,
  type Recorded,
} from "../record/schema/member.ts";
import {
  COUNT,
  COUNT_OR_NULL,
  INSTANT_OR_NULL,
  LENGTH_OR_NULL,
  TEXT,
  TEXT_OR_NULL,
  VERDICT,
} from "../record/schema/result-members.ts";
import { RESULT_SCHEMA_VERSION } from "./result-words.ts";
import { LEVERS } from "../words/lever.ts";
import { APPLICATION_LOG_LEVELS } from "../words/platform-words.ts";
import { JUDGED_TARGETS } from "../words/target.ts";

export const RUN_FACTS = record(
  {
    id: member("label", TEXT),
    target: member("kept", z.enum(JUDGED_TARGETS)),
    from: member("time", INSTANT_OR_NULL),
    to: member("time", INSTANT_OR_NULL),
    status: member("kept", TEXT_OR_NULL),
    platform: member("text", TEXT_OR_NULL, {
      about: "The name of the platform profile, or the content of the file with the profile.",
    }),
    seed: member("kept", z.int().nullable()),
    isolation: member("text", TEXT_OR_NULL),
    toolVersion: member("release", TEXT),
    durationMs: member("kept", LENGTH_OR_NULL),
    intervalMs: member("kept", LENGTH_OR_NULL),
    provoked: member("text", z.array(openWord(LEVERS)).exactOptional(), {
      about: "The levers of --provoke that the run pulled. Absent if there were none.",
    }),
  },
  { id: "run" },
);

const PLACES_GIVEN = record(
  {
    places: member("kept", COUNT_OR_NULL, { about: "Null if the number is unknown." }),
    given: member("kept", z.boolean()),
  },
  { id: "placesGiven" },
);

const PLACES_IN_WORDS = 'an object such as { "places": 5, "given": true }';

/** A setting that can be overridden and is not listed here does not compile. */
export const OVERRIDES = record(
  allOptional({
    ...JUDGED_PROFILE,
    expectations: member("dropped", z.record(z.string(), VERDICT), {
      expected: 'a verdict for each function, such as { "f": "pass" }',
    }),
    applicationLogLevel: member(
      "kept",
      z.enum(APPLICATION_LOG_LEVELS).exclude(["TRACE", "DEBUG"]).nullable(),
    ),
    reservedConcurrency: member("kept", COUNT_OR_NULL, { expected: "a whole number or null" }),
    inFlight: member("kept", COUNT, { expected: "a whole number" }),
    capacity: member("kept", PLACES_GIVEN, { expected: PLACES_IN_WORDS }),
    peerCapacities: member("dropped", z.record(z.string(), PLACES_GIVEN), {
      about: "By the name of the peer.",
      expected: `for the name of each peer ${PLACES_IN_WORDS}`,
    }),
  } satisfies Record<keyof Overrides, Member>),
);

export const RUN_RESULT = record(
  {
    schemaVersion: member(
      "kept",
      typed<typeof RESULT_SCHEMA_VERSION>(z.literal([1, 2, RESULT_SCHEMA_VERSION])),
      {
        about:
          "3: overrides, if there were any. 2: functions[].invocations has unknownReasons. 1: it does not.",
      },
    ),
    verdict: member("kept", VERDICT, {
      about:
        "The worst verdict of all functions: fail is worse than inconclusive, and inconclusive is worse than pass.",
    }),
    expectationsMet: member("kept", z.boolean().nullable(), { about: "Null if --expect was not given." }),
    exitCode: member("kept", z.int().min(0).max(255)),
    run: member("kept", RUN_FACTS),
    command: member("dropped", TEXT.exactOptional(), {
      about:
        "The command that reads the same evidence again, such as `longrun analyze events.json`. Absent for a run directory.",
    }),
    overrides: member("kept", typed<Overrides>(OVERRIDES).exactOptional(), {
      about:
        "What the user set for this judgement, in place of what the run was started with. Absent if nothing.",
    }),
    functions: member("kept", z.array(FUNCTION)),
    unreadable: member(
      "kept",
      z.array(
        record(
          {
            source: member("text", TEXT),
            lines: member("kept", COUNT),
            example: member("text", TEXT_OR_NULL),
          },
          { id: "unreadable" },
        ),
      ),
      { about: "How many lines of each source could not be read." },
    ),
    notices: member("text", z.array(TEXT).exactOptional(), {
      about:
        "Sentences about evidence that shows little, such as a server's log without connections, and about a server that could not be reached although no invocation failed because of it. They change no verdict. Absent if there are none.",
    }),
  },
  {
    title: "lambda-longrun result",
    description:
      "result.json of a run directory: environments, findings, statistics and verdicts. Times are ISO 8601 UTC, durations end in Ms, and what is unknown is null, never 0. Members may be added; readers ignore those they do not know.",
  },
);
export type RunResult = Recorded<typeof RUN_RESULT>;
