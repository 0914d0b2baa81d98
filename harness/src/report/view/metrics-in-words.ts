/** What CloudWatch's metrics say of the log, in a sentence; where they differ from it, that is a note of its own (notes.ts). */
import type { FunctionResult } from "../../domain/run-result.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";

export function metricsInWords({ findings }: FunctionResult, naming: Naming): readonly string[] {
  return findings
    .filter(({ code }) => code === "metrics-agree" || code === "metrics-not-compared")
    .map((finding) => findingText(finding, naming));
}
