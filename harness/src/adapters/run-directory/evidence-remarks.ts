/**
 * Reads the two kinds of journal events about evidence: `evidence-problem` and `evidence-notice`. An older version wrote a sentence and no
 * code. Such an event gets the code `told`, and the sentence as its parameter. A code of a newer version, or a known code with parameters
 * of another form, becomes `problem-not-known` or `notice-not-known`. So the sequence number of the event is not missing
 * in the journal, and the judgement still counts the problem.
 */
import type { z } from "zod";
import { RUN_PROBLEMS } from "../../record/evidence-problems.ts";
import { RUN_NOTICES } from "../../record/notices.ts";
import { isJsonObject, type JsonObject } from "../../base/json-object.ts";
import { fitsOf, type Fits } from "../../record/schema/read-as.ts";

function checksOf(remarks: Readonly<Record<string, z.ZodType>>): ReadonlyMap<unknown, Fits> {
  return new Map(Object.entries(remarks).map(([code, parameters]) => [code, fitsOf(parameters)]));
}

const CHECKS: ReadonlyMap<unknown, ReadonlyMap<unknown, Fits>> = new Map([
  ["evidence-problem", checksOf(RUN_PROBLEMS)],
  ["evidence-notice", checksOf(RUN_NOTICES)],
]);

/**
 * Returns an event of any other kind unchanged. Returns null if the event has neither a sentence nor a code, or a known code without
 * parameters.
 */
export function asEvidenceRemark(event: JsonObject): JsonObject | null {
  const checks = CHECKS.get(event["event"]);
  if (checks === undefined) return event;
  const { text, ...members } = event;
  const { code, parameters } = members;
  if (code === undefined)
    return typeof text === "string" ? { ...members, code: "told", parameters: { text } } : null;
  if (typeof code !== "string") return null;
  const fits = checks.get(code);
  if (fits !== undefined) {
    if (!isJsonObject(parameters)) return null;
    if (fits(parameters)) return event;
  }
  return event["event"] === "evidence-problem"
    ? { ...members, code: "problem-not-known", parameters: { problem: code } }
    : { ...members, code: "notice-not-known", parameters: { notice: code } };
}
