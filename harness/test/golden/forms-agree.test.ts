/**
 * Tests that every form of the report (terminal, Markdown, JUnit, HTML) has the same verdicts and numbers as the JSON, for all recorded
 * results. A reader of one form must not learn something else than a reader of another one.
 */
import { expect } from "chai";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { renderHtml } from "../../src/report/html/render-html.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderText } from "../../src/report/text.ts";
import { expectedResult, goldenCases } from "../../../scripts/golden/cases.ts";
import { expectedStories, STORY_BUNDLES } from "../../../scripts/golden/stories.ts";

/** What each form says about one function. */
interface Figures {
  readonly verdict: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly unknown: number;
  readonly exposures: number;
  readonly harm: number;
}

function figuresOf({ verdict, invocations, exposure, harm }: FunctionResult): Figures {
  const { succeeded, functionErrors, invocationErrors, throttled, unknown } = invocations;
  return {
    verdict,
    succeeded,
    failed: functionErrors + invocationErrors + throttled,
    unknown,
    exposures: exposure.total,
    harm: harm.total,
  };
}

/** Reads a table whose first row has the titles. A table without a column for unknown outcomes has none. */
function figuresOfRows(rows: readonly (readonly string[])[], titles: readonly string[]): readonly Figures[] {
  const [head = [], ...others] = rows;
  return others.map((row) => {
    const cell = (title: string): string => row[head.indexOf(title)] ?? "0";
    const [verdict = "", ...numbers] = titles.map(cell);
    const [succeeded = 0, failed = 0, unknown = 0, exposures = 0, harm = 0] = numbers.map(Number);
    return {
      verdict: /[a-z]+/i.exec(verdict)?.[0].toLowerCase() ?? "",
      succeeded,
      failed,
      unknown,
      exposures,
      harm,
    };
  });
}

const SHORT = ["verdict", "ok", "failed", "unknown", "exposures", "harm"];
const LONG = ["Verdict", "Succeeded", "Failed", "Unknown", "Exposures", "Harmed"];

function ofText(result: RunResult): readonly Figures[] {
  const lines = renderText(result, { columns: 100, colour: false }).split("\n");
  const head = lines.findIndex((line) => /^ function +verdict/.test(line));
  const end = lines.indexOf("", head);
  const rows = lines.slice(head, end).filter((line) => !/^ +because:|^ {12}/.test(line));
  return figuresOfRows(
    rows.map((line) => line.trim().split(/ {2,}/)),
    SHORT,
  );
}

function ofMarkdown(result: RunResult): readonly Figures[] {
  const lines = renderMarkdown(result).split("\n");
  const head = lines.findIndex((line) => line.startsWith("| function |"));
  const rows = lines.slice(head, lines.indexOf("", head)).filter((_, index) => index !== 1);
  return figuresOfRows(
    rows.map((line) => line.split("|").map((cell) => cell.trim())),
    SHORT,
  );
}

function ofHtml(result: RunResult): readonly Figures[] {
  const table =
    /<table class="comparison">([^]*?)<\/table>/.exec(renderHtml(result, { script: "", style: "" }))?.[1] ??
    "";
  const rows = [...table.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = ""]) =>
      cell.replace(/<[^>]*>/g, "").trim(),
    ),
  );
  return figuresOfRows(rows, LONG);
}

function ofJunit(result: RunResult): readonly Figures[] {
  const stories = [...renderJunit(result).matchAll(/<system-out>([^]*?)<\/system-out>/g)].map(
    ([, said = ""]) => said,
  );
  return stories.map((said, index) => {
    const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1] ?? "0");
    return {
      verdict: result.functions[index]?.verdict ?? "",
      succeeded: number(/^(\d+) succeeded, /m),
      failed: number(/^\d+ succeeded, (\d+) failed, /m),
      unknown: number(/ failed, (\d+) with unknown outcome, /m),
      exposures: number(/, (\d+) exposures?, /m),
      harm: number(/, (\d+) harmed\./m),
    };
  });
}

/** The recorded results are stored without sentences (`withoutTexts`). The forms need only this one, because the others follow from codes. */
function withText(result: RunResult): RunResult {
  return {
    ...result,
    functions: result.functions.map((one) => ({ ...one, statistics: { ...one.statistics, text: "" } })),
  };
}

const FORMS = { terminal: ofText, Markdown: ofMarkdown, JUnit: ofJunit, HTML: ofHtml } as const;

describe("every form of the report", () => {
  const recorded: readonly (readonly [string, RunResult])[] = [
    ...goldenCases().map(({ name }) => [name, expectedResult(name) as RunResult] as const),
    ...STORY_BUNDLES.flatMap((bundle) =>
      Object.entries(expectedStories(bundle)).map(
        ([name, one]) => [`story ${bundle} ${name}`, one as RunResult] as const,
      ),
    ),
  ]
    .filter(([, { functions }]) => functions.length > 0)
    .map(([name, result]) => [name, withText(result)] as const);

  it("is compared with results that have failed and unknown outcomes", () => {
    const all = recorded.flatMap(([, { functions }]) => functions.map(figuresOf));
    expect(all.filter(({ failed }) => failed > 0)).not.to.have.lengthOf(0);
    expect(all.filter(({ unknown }) => unknown > 0)).not.to.have.lengthOf(0);
  });

  for (const [form, figures] of Object.entries(FORMS))
    it(`has the verdicts and numbers of the JSON: ${form}`, () => {
      const expected = recorded.map(([name, { functions }]) => [name, functions.map(figuresOf)] as const);
      const found = recorded.map(([name, result]) => [name, figures(result)] as const);
      expect(found).to.deep.equal(expected);
    });
});
