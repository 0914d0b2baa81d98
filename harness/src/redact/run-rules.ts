/** The rule of each file of a run directory (docs/run-format.md#runs-that-may-be-shown). */
import type { z } from "zod";
import { PLATFORM_RECORD } from "../domain/ended-environment.ts";
import { METRICS_LINE } from "../domain/function-metrics.ts";
import { JOURNAL_EVENT, OTHER_EVENT } from "../domain/journal.ts";
import { LINK_LOG_RECORD } from "../domain/link-log.ts";
import { LOG_RECORD } from "../domain/log-record.ts";
import { MANIFEST } from "../domain/manifest.ts";
import { PEER_LOG_RECORD } from "../domain/peer-log.ts";
import { PLAN } from "../domain/plan-file.ts";
import type { Replacements } from "./replacements.ts";
import { ruleOf } from "./rule-of.ts";
import { either, type Rule } from "./rules.ts";
import { valueRules } from "./value-rules.ts";

export type RedactedFile = "manifest" | "plan" | "journal" | "logs" | "peer" | "link" | "applied" | "metrics";

export function runRules(names: Replacements): Readonly<Record<RedactedFile, Rule>> {
  const values = valueRules(names);
  const rule = (schema: z.core.$ZodType): Rule => ruleOf(schema, values);
  return {
    manifest: rule(MANIFEST),
    plan: rule(PLAN),
    journal: either(rule(JOURNAL_EVENT), rule(OTHER_EVENT)),
    logs: rule(LOG_RECORD),
    peer: rule(PEER_LOG_RECORD),
    link: rule(LINK_LOG_RECORD),
    applied: rule(PLATFORM_RECORD),
    metrics: rule(METRICS_LINE),
  };
}
