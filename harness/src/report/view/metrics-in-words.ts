/** Says that CloudWatch's metrics agree with the log, or why they were not compared. If they differ, a note (notes.ts) says it. */
import type { FunctionResult } from "../../result/function-result.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";

export function metricsInWords({ findings }: FunctionResult, naming: Naming): readonly string[] {
  return findings
    .filter(({ code }) => code === "metrics-agree" || code === "metrics-not-compared")
    .map((finding) => findingText(finding, naming));
}
