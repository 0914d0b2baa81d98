import type { Finding } from "../../result/finding-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { count } from "../wording/fixed-words.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";

/** How many takeovers are described. The findings describe all of them. */
const SHOWN = 2;

export function takeoversInWords(
  { takenOver, findings }: Pick<FunctionResult, "takenOver" | "findings">,
  naming: Naming,
): readonly string[] {
  if (takenOver === undefined || takenOver.total === 0) return [];
  const found = findings.filter(({ code }) => code === "taken-over" || code === "taken-over-in-turn");
  found.sort((a, b) => compare(weightOf(b), weightOf(a)));
  const sentences = found.slice(0, SHOWN).map((finding) => findingText(finding, naming));
  if (found.length <= SHOWN) return sentences;
  return [
    ...sentences,
    `In all, ${count(takenOver.total, "connection was", "connections were")} taken over by other environments, and ${count(takenOver.delayed, "invocation")} waited for another connection.`,
  ];
}

/** Findings are sorted by these numbers, in descending order. The first number counts most, and the next one only if the first is equal. */
function weightOf(finding: Finding): readonly number[] {
  if (finding.code !== "taken-over" && finding.code !== "taken-over-in-turn") return [];
  const { withoutConnection, delayed, times } = finding.parameters;
  return [finding.code === "taken-over-in-turn" ? 1 : 0, withoutConnection, delayed, times];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((weight, index) => weight !== b[index]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}
