/**
 * Collects the sentences that the product makes from recorded evidence, as text files that can be reviewed in a diff. The file of a
 * recorded run contains the sentences of its result, of the terminal, of the summary and of the JUnit file. One more file contains each kind of
 * sentence once, from all small stories together.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { bundlePath } from "../../../scripts/golden/cases.ts";

/** The values of `--format`, in the order in which a file of sentences contains them. The HTML report has its own tests. */
export const FORMATS = ["json", "text", "markdown", "junit"] as const;
export type Rendered = Readonly<Record<(typeof FORMATS)[number], string>>;

const path = (name: string): string => bundlePath(name).replace(/\.jsonl\.gz$/, ".sentences.txt");

export const expectedSentences = (name: string): string => readFileSync(path(name), "utf8");
export const writeExpectedSentences = (name: string, text: string): void => writeFileSync(path(name), text);

export function sentencesOfCase({ json, text, markdown, junit }: Rendered): string {
  const sentences = textsIn(JSON.parse(json)).map(({ at, text: sentence }) => `${at}\n  ${sentence}\n`);
  const all = [
    `===== result.json\n\n${sentences.join("")}`,
    `===== terminal\n\n${text}`,
    `===== summary.md\n\n${markdown}`,
    `===== junit.xml\n\n${junit}`,
  ].join("\n");
  return all.replace(/lambda-longrun \d+\.\d+\.\d+\S*(?=["<]| |$)/gm, "lambda-longrun VERSION");
}

/** Returns the sentences of all results, each kind once. Sentences that differ only in names and numbers count as one kind. */
export function sentencesOfStories(results: readonly unknown[]): string {
  const kinds = results.flatMap((result) => textsIn(result).map(({ text }) => withoutParameters(text)));
  return `${[...new Set(kinds)].sort().join("\n")}\n`;
}

function withoutParameters(sentence: string): string {
  return sentence
    .replace(/\d{4}\/\d\d\/\d\d\/\[[^\]]*\][0-9a-f]+/g, "STREAM")
    .replace(/…[0-9a-f]{6,}/g, "…ID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "REQUEST")
    .replace(/\d+(\.\d+)?/g, "N");
}

function textsIn(value: unknown, at = ""): readonly { readonly at: string; readonly text: string }[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, `${at}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
    name === "text" && typeof one === "string"
      ? [{ at: `${at}.text`.replace(/^\./, ""), text: one }]
      : textsIn(one, at === "" ? name : `${at}.${name}`),
  );
}
