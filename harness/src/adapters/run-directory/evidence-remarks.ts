/**
 * Reads the two kinds of journal events about evidence: `evidence-problem` and `evidence-notice`. An older version wrote a sentence and no
 * code. Such an event gets the code `told`, and the sentence as its parameter. A code of a newer version, or a known code with parameters
 * of another form, becomes `problem-not-known` or `notice-not-known`. So the sequence number of the event is not missing
 * in the journal, and the judgement still counts the problem.
 */
import {
  ENGINE_LISTS,
  RUN_SOURCES,
  type RunProblemParameters,
} from "../../domain/findings/evidence-problems.ts";
import type { RunNoticeParameters } from "../../domain/findings/notices.ts";
import { SERVER_LOG_KINDS } from "../../domain/server-log-kinds.ts";
import { isJsonObject, type JsonObject } from "../../domain/json-object.ts";
import { hasShape, isListOfTexts, isNumber, isOneOf, isText, isTextOrNull, type Shape } from "./members.ts";

const TOLD: Shape = [["text", isText]];
const OF_SERVER_LOG: Shape = [
  ["source", isText],
  ["server", isOneOf(SERVER_LOG_KINDS)],
];

const PROBLEMS: Readonly<Record<keyof RunProblemParameters | "told", Shape>> = {
  told: TOLD,
  "run-clock-set-back": [["byMs", isNumber]],
  "evidence-not-read": [
    ["source", isOneOf(RUN_SOURCES)],
    ["message", isText],
  ],
  "plan-not-stopped": [["message", isText]],
  "engine-records-dropped": [["list", isOneOf(ENGINE_LISTS)]],
  "server-log-lines-not-read": [
    ["source", isText],
    ["lines", isNumber],
    ["example", isTextOrNull],
  ],
  "server-log-not-read": [["message", isText]],
  "problem-not-known": [["problem", isText]],
};

const NOTICES: Readonly<Record<keyof RunNoticeParameters, Shape>> = {
  told: TOLD,
  "notice-not-known": [["notice", isText]],
  "peer-log-empty": [["sources", isListOfTexts]],
  "peer-log-of-other-time": [
    ["source", isText],
    ["since", isTextOrNull],
    ["until", isTextOrNull],
    ["first", isText],
    ["last", isText],
  ],
  "server-log-shows-nothing": OF_SERVER_LOG,
  "server-log-without-connections": OF_SERVER_LOG,
  "server-log-without-streams": OF_SERVER_LOG,
};

const SHAPES: ReadonlyMap<unknown, ReadonlyMap<unknown, Shape>> = new Map([
  ["evidence-problem", new Map(Object.entries(PROBLEMS))],
  ["evidence-notice", new Map(Object.entries(NOTICES))],
]);

/**
 * Returns an event of any other kind unchanged. Returns null if the event has neither a sentence nor a code, or a known code without
 * parameters.
 */
export function asEvidenceRemark(event: JsonObject): JsonObject | null {
  const shapes = SHAPES.get(event["event"]);
  if (shapes === undefined) return event;
  const { text, ...members } = event;
  const { code, parameters } = members;
  if (code === undefined) return isText(text) ? { ...members, code: "told", parameters: { text } } : null;
  if (!isText(code)) return null;
  const shape = shapes.get(code);
  if (shape !== undefined) {
    if (!isJsonObject(parameters)) return null;
    if (hasShape(parameters, shape)) return event;
  }
  return event["event"] === "evidence-problem"
    ? { ...members, code: "problem-not-known", parameters: { problem: code } }
    : { ...members, code: "notice-not-known", parameters: { notice: code } };
}
