import type { EngineList, JudgedProblemParameters, RunProblem } from "../../record/evidence-problems.ts";
import { durationMs, formatDuration, roundedDuration } from "../../base/time.ts";
import { count } from "./fixed-words.ts";
import { plainNaming } from "./naming.ts";
import { inWords, type Wording } from "./wording.ts";

const ORDER_UNKNOWN = "the order of the lines that were logged at that time is unknown";

const ENGINE_RECORDS: Readonly<Record<EngineList, string>> = {
  links: "connections",
  applied: "the steps of the plan",
  ends: "the ends of environments",
};

export const EVIDENCE_PROBLEM_SENTENCES: Wording<JudgedProblemParameters> = {
  "run-clock-set-back": [
    ({ byMs }) => `This machine's clock was set back by ${lengthOf(byMs)}: ${ORDER_UNKNOWN}.`,
    { byMs: 3_600_000 },
  ],
  "run-clock-set-back-unnoticed": [
    ({ byMs }) =>
      `This machine's clock was set back by ${lengthOf(byMs)} or more, and the run ended before it noticed that: ${ORDER_UNKNOWN}.`,
    { byMs: 60_000 },
  ],
  // The messages are sentences of longrun that name the source.
  "evidence-not-read": [
    ({ message }) => withStop(message),
    {
      source: "function-log",
      message: "The log group /aws/lambda/fn cannot be read: You are not authorised.",
    },
    { source: "peer-log", message: "The log group /longrun/peer cannot be read: Rate exceeded" },
    {
      source: "engine-records",
      message: "The engine at http://localhost:9001 does not answer: read ECONNRESET",
    },
  ],
  "plan-not-stopped": [
    ({ message }) => withStop(`The plan could not be stopped: ${message}`),
    { message: "The engine at http://localhost:9001 does not answer: read ECONNRESET" },
  ],
  "engine-records-dropped": [
    ({ list }) =>
      `The engine dropped records of ${ENGINE_RECORDS[list]} before this run had read them, because so many came after them.`,
    { list: "links" },
    { list: "applied" },
    { list: "ends" },
  ],
  "server-log-lines-not-read": [
    ({ source, lines, example }) =>
      `${count(lines, "line")} of ${source} could not be read${example === null ? "" : `; the first is '${example}'`}.`,
    { source: "pg.log", lines: 1, example: "(a line that is too long)" },
    { source: "pg.log", lines: 2, example: null },
  ],
  "server-log-not-read": [
    ({ message }) => withStop(`The server's log could not be read: ${message}`),
    { message: "pg.log: expected times with a zone, found times without one." },
  ],
  "problem-not-known": [
    ({ problem }) =>
      `A newer version of longrun wrote the run, and noted a problem of its evidence that this version does not know: ${problem}.`,
    { problem: "clock-jumped" },
  ],
};

export function problemSentence(problem: RunProblem): string {
  return problem.code === "told"
    ? problem.parameters.text
    : inWords(EVIDENCE_PROBLEM_SENTENCES, problem, plainNaming("local"));
}

function lengthOf(ms: number): string {
  return formatDuration(roundedDuration(durationMs(ms)));
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
