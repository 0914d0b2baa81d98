/**
 * The settings of a judgement that a run keeps in the profile of its manifest: the member (record/member.ts), and the value of a judgement
 * that nobody told it. The manifest, the `overrides` of a result and the settings of a judgement follow from these two tables; the flags of
 * soak and analyze are in settings/judging-settings.ts.
 */
import { z } from "zod";
import { DEFAULT_KEPT_CONNECTIONS, KEPT_CONNECTIONS } from "../words/capacity.ts";
import { parseThreshold } from "../words/parse-threshold.ts";
import { member, type Recorded, type SchemaOf } from "./schema/member.ts";

export const LENGTH = member("kept", z.number().nonnegative(), {
  expected: "a length of time in milliseconds",
});

export const JUDGED_PROFILE = {
  /** How late log events may arrive. */
  settleMs: LENGTH,
  /** How far apart the clocks of two machines can be. Events closer than this have no known order. */
  clockToleranceMs: LENGTH,
  /** How long an environment that was never invoked is assumed to live after its Init. The report says that this is an assumption. */
  idleLifeMs: LENGTH,
  /** Expressions such as `harm.total < 1` (parse-threshold.ts). */
  thresholds: member("threshold", z.array(z.string().refine((one) => parseThreshold(one).ok)), {
    expected: "a list of thresholds, such as harm.total == 0",
  }),
  /** `allowed`: the function is meant to keep connections between invocations, as a pool does (docs/checks.md#more-than-one-place). */
  keptConnections: member("kept", z.enum(KEPT_CONNECTIONS).exactOptional(), { checked: false }),
  /** The names of other clients of the peer, as these clients give them to the peer. */
  strangers: member("client", z.array(z.string()).exactOptional(), {
    about: "other clients of the peer (`--stranger`)",
  }),
  /** Nobody but the functions uses the peer during the run. */
  onlyClient: member("kept", z.boolean().exactOptional(), { about: "`--only-client`", checked: false }),
} as const;
export const IN_PROFILE = Object.keys(JUDGED_PROFILE) as readonly (keyof JudgedProfile)[];
export type JudgedProfile = Required<Recorded<SchemaOf<typeof JUDGED_PROFILE>>>;

export const JUDGED_DEFAULTS: JudgedProfile = {
  /** How late CloudWatch Logs may show a log event. */
  settleMs: 600_000,
  clockToleranceMs: 1_000,
  idleLifeMs: 300_000,
  thresholds: [],
  keptConnections: DEFAULT_KEPT_CONNECTIONS,
  strangers: [],
  onlyClient: false,
};
