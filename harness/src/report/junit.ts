/**
 * `junit.xml` for a CI server: one case per function. A case passes if the expectation holds or, without an expectation, if the function
 * passed. An inconclusive verdict is a failure of type `inconclusive`.
 */
import { create } from "xmlbuilder2";
import type { RunResult } from "../result/run-result.ts";
import { instantOf } from "./view/format-time.ts";
import { viewModel, type FunctionView } from "./view/view-model.ts";
import { count, withMore } from "./wording/fixed-words.ts";

export function renderJunit(result: RunResult): string {
  const view = viewModel(result);
  const failures = view.functions.filter(({ good }) => !good).length;
  const seconds = lengthInSeconds(result);
  const totals = { tests: view.functions.length, failures, errors: 0, skipped: 0, time: seconds };
  const root = create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\uFFFD" }).ele(
    "testsuites",
    { name: "lambda-longrun", ...totals },
  );
  const suite = root.ele("testsuite", { name: oneLine(result.run.id), ...totals });
  if (instantOf(result.run.from) !== null) suite.att("timestamp", result.run.from?.replace(/Z$/u, "") ?? "");
  const properties = suite.ele("properties");
  for (const { label, value } of view.details)
    properties.ele("property", { name: label.toLowerCase(), value: oneLine(value) });
  for (const each of view.functions) {
    // All functions run at the same time, so each case has the length of the whole run.
    const testcase = suite.ele("testcase", {
      classname: `lambda-longrun.${result.run.target}`,
      name: oneLine(each.name),
      time: seconds,
    });
    if (!each.good)
      testcase
        .ele("failure", { type: failureType(each), message: `${oneLine(each.sentence)}.` })
        .txt(story(each));
    testcase.ele("system-out").txt(story(each));
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

/**
 * For a case that does not pass: `inconclusive` if that is the verdict, else `expectation` if a verdict other than a pass was expected,
 * else the first reason (`harm`, `threshold`).
 */
function failureType({ verdict, expected, reasons }: FunctionView): string {
  if (verdict === "inconclusive") return "inconclusive";
  if (expected !== null && expected !== "pass") return "expectation";
  return reasons[0] ?? verdict;
}

function story(view: FunctionView): string {
  const lines = [
    `${view.sentence}.`,
    ...view.suspects.map(({ text, command }) => (command === null ? text : `${text} ${command}`)),
    ...view.reasonSentences,
    `${view.succeeded} succeeded, ${view.failed} failed, ${view.unknown === 0 ? "" : `${view.unknown} with unknown outcome, `}${count(view.exposures, "exposure")}, ${view.harm} harmed.`,
    ...(view.failures === "" ? [] : [`Failed: ${view.failures}.`]),
    ...(view.unknowns === "" ? [] : [`Outcome unknown: ${view.unknowns}.`]),
    ...view.nothingSucceeded,
    ...view.thresholds.map(({ text }) => `Threshold ${text}`),
    ...view.windows.map((window) => `${window.title}, ${window.when} (${window.length}): ${window.text}`),
    ...view.notes.map(({ mark, text, more }) => `${mark}: ${withMore(text, more)}`),
    view.statistics,
  ];
  return lines.join("\n");
}

function lengthInSeconds({ run }: RunResult): string {
  const [from, to] = [instantOf(run.from), instantOf(run.to)];
  const length = from !== null && to !== null && to >= from ? to - from : (run.durationMs ?? 0);
  return (length / 1_000).toFixed(3);
}

/** Replaces line ends by spaces. An XML parser does the same in attributes, so the text is the same everywhere. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, (gap) => (/[\r\n]/.test(gap) ? " " : gap));
}
