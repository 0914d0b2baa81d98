/** `manifest.json`: a run's settings, version, machine and progress. */
import { z } from "zod";
import { UNKNOWN_CAPACITY } from "../words/capacity.ts";
import { ISOLATIONS } from "../words/isolation.ts";
import { ADMISSIONS } from "../words/admission.ts";
import { JUDGED_PROFILE, LENGTH } from "./judged-profile.ts";
import { PLATFORM_PROFILES } from "./plan.ts";
import { PROBED_PEER } from "./probe.ts";
import { member, openWord, record, typed, type Recorded } from "./schema/member.ts";
import { TARGETS } from "../words/target.ts";
import { VERDICTS } from "../words/verdict.ts";

export const RUN_STATUSES = ["running", "ended", "interrupted", "aborted"] as const;

const TEXT = z.string();
const TEXT_OR_NULL = TEXT.nullable();
const CAPACITY = z.union([z.number(), z.literal(UNKNOWN_CAPACITY)]);

const PEER = record({
  name: member("peer", TEXT),
  host: member("host", TEXT),
  port: member("kept", z.number()),
  capacity: member("kept", CAPACITY, { about: "connections that it serves at one time", checked: false }),
  capacityGiven: member("kept", z.boolean(), {
    about: "false: `capacity` is only the default",
    checked: false,
  }),
});
export type NamedPeer = Recorded<typeof PEER>;

const FUNCTION = record({
  /** A label is a part of file names. */
  name: member("label", TEXT.regex(/^[^/\\\p{Cc}]{1,64}$/u), {
    about: "its label: `functions[].name` in the result, and the key of `--expect`",
    expected: "a label of at most 64 characters without a slash",
  }),
  functionName: member("functionName", TEXT, {
    about: "the name or ARN that is given to the Lambda API",
    expected: "a function's name",
  }),
  expected: member("kept", z.enum(VERDICTS).nullable(), { about: "`--expect`" }),
  code: member("text", TEXT_OR_NULL, {
    about: "local runs: the design or file with the code. Null if the function existed before the run",
  }),
  codeSha256: member("text", TEXT_OR_NULL.exactOptional()),
  runtime: member("runtime", TEXT_OR_NULL.exactOptional(), {
    about: "local runs: the runtime that was chosen for the code",
  }),
  handler: member("dropped", TEXT_OR_NULL.exactOptional(), { checked: false }),
  ranOn: member("program", TEXT_OR_NULL.exactOptional(), {
    about:
      "the program on this machine that ran the function, such as `Python 3.12.4`. Null if the package contains the program",
  }),
  notice: member("dropped", TEXT_OR_NULL.exactOptional(), {
    about: "a sentence, if the program is of another release than the runtime",
  }),
  peers: member("kept", z.array(PEER).exactOptional(), {
    about: "absent if the function has at most one peer",
    expected: "a list of peers, each with name, host and port",
  }),
});

/** The settings after profile file, flags and defaults were merged. */
const PROFILE = record({
  durationMs: LENGTH,
  intervalMs: LENGTH,
  platform: member("text", typed<string | null>(openWord(PLATFORM_PROFILES).nullable().optional()), {
    about: "the name of the platform profile, or the content of its file. Null on AWS",
    expected: "a string or null",
  }),
  seed: member("kept", typed<number | null>(z.number().nullable().optional())),
  admission: member("kept", typed<string | null>(z.enum(ADMISSIONS).nullable()), { checked: false }),
  peerIdleTimeoutMs: member("kept", z.number().nullable(), { checked: false }),
  reservedConcurrency: member("kept", z.number().exactOptional(), {
    about: "the most invocations in flight at one time. Absent in older runs, which had one in flight",
  }),
  capacity: member("kept", CAPACITY.exactOptional(), {
    about:
      "connections that the peer serves at one time. Absent in older runs, in which every peer had one place",
    checked: false,
  }),
  capacityGiven: member("kept", z.boolean().exactOptional(), {
    about: "true if the user gave the capacity, or if the peer is our own",
    checked: false,
  }),
  ...JUDGED_PROFILE,
  event: member("dropped", z.unknown(), { checked: false }),
  success: member("text", TEXT_OR_NULL, { checked: false }),
  stopOn: member("kept", z.literal("harm").nullable(), { checked: false }),
});
export type ResolvedProfile = Recorded<typeof PROFILE>;

export const MANIFEST = record({
  schemaVersion: member("kept", z.literal(1), { checked: false }),
  tool: member(
    "kept",
    record({
      name: member("kept", z.literal("lambda-longrun")),
      version: member("release", TEXT, { checked: false }),
    }),
  ),
  status: member("kept", z.enum(RUN_STATUSES)),
  createdAt: member("time", TEXT, { expected: "an instant" }),
  endedAt: member("time", TEXT_OR_NULL, { checked: false }),
  target: member("kept", z.enum(TARGETS)),
  endpoint: member("dropped", TEXT_OR_NULL, { checked: false }),
  region: member("region", TEXT_OR_NULL, { checked: false }),
  isolation: member("text", typed<string | null>(openWord(ISOLATIONS).nullable().optional()), {
    about: "null on AWS",
    expected: "a string or null",
  }),
  node: member("version", TEXT, { checked: false }),
  platform: member("machine", TEXT, { about: "system and processor of the machine", checked: false }),
  functions: member("kept", z.array(FUNCTION)),
  peers: member("kept", z.array(PROBED_PEER).exactOptional(), {
    about: "what `--probe yes` saw of each peer before the run. Absent if none was probed",
  }),
  profile: member("kept", PROFILE),
  settings: member(
    "dropped",
    typed<Readonly<Record<string, unknown>>>(z.looseObject({})).nullable().exactOptional(),
    {
      about: "the other settings for `soak --resume`, without the values of the user's environment variables",
      checked: false,
    },
  ),
});
export type Manifest = Recorded<typeof MANIFEST>;
