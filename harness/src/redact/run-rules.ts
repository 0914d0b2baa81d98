/** The rule of each file of a run directory (docs/run-format.md#runs-that-may-be-shown). */
import type { z } from "zod";
import { PLATFORM_RECORD } from "../record/ended-environment.ts";
import { METRICS_LINE } from "../record/function-metrics.ts";
import { JOURNAL_EVENT, OTHER_EVENT } from "../record/journal.ts";
import { LINK_LOG_RECORD } from "../record/link-log.ts";
import { LOG_RECORD } from "../record/log-record.ts";
import { MANIFEST } from "../record/manifest.ts";
import { PEER_LOG_RECORD } from "../record/peer-log.ts";
import { PLAN } from "../record/plan-file.ts";
import type { Replacements } from "./replacements.ts";
import { ruleOf } from "./rule-of.ts";
import { either, type Rule } from "./rules.ts";
import { valueRules } from "./value-rules.ts";

/** The schemas in which each file is declared. A line has the first of them that it fits. */
export const FILE_SCHEMAS = {
  manifest: [MANIFEST],
  plan: [PLAN],
  journal: [JOURNAL_EVENT, OTHER_EVENT],
  logs: [LOG_RECORD],
  peer: [PEER_LOG_RECORD],
  link: [LINK_LOG_RECORD],
  applied: [PLATFORM_RECORD],
  metrics: [METRICS_LINE],
} as const satisfies Readonly<Record<string, readonly z.core.$ZodType[]>>;
export type RedactedFile = keyof typeof FILE_SCHEMAS;
export type RunRules = Readonly<Record<RedactedFile, Rule>>;

export function runRules(names: Replacements): RunRules {
  const values = valueRules(names);
  const rules = Object.entries(FILE_SCHEMAS).map(([file, schemas]) => [
    file,
    schemas.map((schema) => ruleOf(schema, values)).reduce(either),
  ]);
  return Object.fromEntries(rules) as RunRules;
}
