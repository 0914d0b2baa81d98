import type { Verdict } from "../../words/verdict.ts";

/** How a word or a number is to be taken. Each form has its own way to show this. */
export type Tone = "good" | "bad" | "doubt" | "strong" | "quiet";

export const VERDICT_TONE: Readonly<Record<Verdict, Tone>> = {
  pass: "good",
  fail: "bad",
  inconclusive: "doubt",
};
