/** The members that an event of the journal must have, so that its readers need not check them. */
import type { InvocationOutcomeName } from "../../domain/invocation.ts";
import type { JournalEvent } from "../../domain/journal.ts";
import {
  hasShape,
  isBoolean,
  isListOfTexts,
  isNumber,
  isNumberOrNull,
  isText,
  isTextOrNull,
  type Shape,
} from "./members.ts";
import type { JsonObject } from "../../domain/json-object.ts";

const EVERY_EVENT: Shape = [
  ["event", isText],
  ["time", isText],
  ["sequence", isNumber],
  ["monotonicMs", isNumber],
];

const EVENTS: Readonly<Record<JournalEvent["event"], Shape>> = {
  "run-started": [],
  "function-ready": [
    ["function", isText],
    ["functionArn", isText],
    ["logGroup", isText],
    ["reservedConcurrency", isNumberOrNull],
    ["runtime", isTextOrNull],
    ["timeoutMs", isNumber],
    ["codeSha256", isTextOrNull],
  ],
  "engine-ready": [
    ["since", isText],
    ["connections", isNumber],
  ],
  "peer-ready": [
    ["function", isText],
    ["host", isText],
    ["port", isNumber],
    ["admission", isTextOrNull],
  ],
  "drive-started": [],
  "invocation-sent": [
    ["function", isText],
    ["n", isNumber],
    ["dueAt", isText],
  ],
  "invocation-ended": [
    ["function", isText],
    ["n", isNumber],
    ["requestId", isTextOrNull],
    ["executedVersion", isTextOrNull],
    ["latencyMs", isNumber],
  ],
  "invocation-skipped": [
    ["function", isText],
    ["n", isNumber],
    ["dueAt", isText],
  ],
  "stop-requested": [["reason", isText]],
  "drive-ended": [],
  "logs-read": [
    ["function", isText],
    ["through", isText],
  ],
  "logs-settled": [
    ["function", isText],
    ["settled", isBoolean],
    ["missingRequestIds", isListOfTexts],
  ],
  "clock-changed": [["byMs", isNumber]],
  // evidence-remarks.ts checks the members code and parameters.
  "evidence-problem": [["function", isTextOrNull]],
  "evidence-notice": [["function", isTextOrNull]],
  "nothing-succeeded": [
    ["function", isText],
    ["failed", isNumber],
    ["times", isNumber],
    ["errorType", isTextOrNull],
    ["errorMessage", isTextOrNull],
    ["lines", isListOfTexts],
    ["logStream", isTextOrNull],
  ],
  "run-ended": [],
};

const OUTCOMES: Readonly<Record<InvocationOutcomeName, Shape>> = {
  succeeded: [],
  "function-error": [
    ["errorType", isTextOrNull],
    ["errorMessage", isTextOrNull],
  ],
  throttled: [["reason", isTextOrNull]],
  "invocation-error": [
    ["errorType", isTextOrNull],
    ["errorMessage", isTextOrNull],
    ["status", isNumberOrNull],
  ],
  unknown: [["errorMessage", isTextOrNull]],
};

const SHAPE_OF_EVENT: ReadonlyMap<unknown, Shape> = new Map(Object.entries(EVENTS));
const SHAPE_OF_OUTCOME: ReadonlyMap<unknown, Shape> = new Map(Object.entries(OUTCOMES));

/** An event of a later version is accepted if it has the members that every event has, so that no sequence number seems to be missing. */
export function isJournalEvent(value: object): value is JournalEvent {
  const members = value as JsonObject;
  if (!hasShape(members, EVERY_EVENT)) return false;
  const shape = SHAPE_OF_EVENT.get(members["event"]);
  if (shape === undefined) return true;
  if (!hasShape(members, shape)) return false;
  if (members["event"] !== "invocation-ended") return true;
  const outcome = SHAPE_OF_OUTCOME.get(members["outcome"]);
  return outcome !== undefined && hasShape(members, outcome);
}
