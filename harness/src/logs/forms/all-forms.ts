/** All forms in which logs can be read. The first form that recognises an object or a line reads it. */
import { awslogs } from "./awslogs.ts";
import { bareLine, timeInMessage } from "./bare-line.ts";
import { base64Lines } from "./base64-lines.ts";
import { cliText } from "./cli-text.ts";
import { cloudwatchAnswer } from "./cloudwatch-answer.ts";
import { cloudwatchEvent } from "./cloudwatch-event.ts";
import { consoleCopy } from "./console-copy.ts";
import { csv } from "./csv.ts";
import { datadog } from "./datadog.ts";
import type { LineForm, ObjectForm } from "./form.ts";
import { grafanaText } from "./grafana-text.ts";
import { insightsRow } from "./insights-row.ts";
import { loki } from "./loki.ts";
import { packedRecords } from "./packed-records.ts";
import { refusedText } from "./refused-text.ts";
import { parseJsonObject } from "../../base/json-object.ts";
import { beginsPlatformLine, platformLineAt } from "./layout/platform-text.ts";
import { samLogs } from "./sam-logs.ts";
import { streamFirstLine } from "./stream-first-line.ts";
import { uncoloured } from "./timed-events.ts";
import { timedLine } from "./timed-line.ts";

export const OBJECT_FORMS: readonly ObjectForm[] = [
  bareLine,
  cloudwatchAnswer,
  cloudwatchEvent,
  insightsRow,
  packedRecords,
  loki,
  datadog,
];

/** Whether the text is an event in JSON, as an export writes it. A function's own line in JSON is none. */
export function isExportedEvent(text: string): boolean {
  const value = parseJsonObject(text);
  if (value === null) return false;
  const found = { event: ignore, row: ignore, value: ignore, lost: ignore };
  return OBJECT_FORMS.some((form) => form !== bareLine && form.read({ value, text, envelope: null }, found));
}

const ignore = (): void => undefined;

/** Whether a form reads this line up to the beginning of its message. */
export function readsLine(line: string): boolean {
  if (line.startsWith('{"') || WITHOUT_HEADS.some((form) => form.begins(line))) return true;
  const head = streamFirstLine(line) ?? timedLine(uncoloured(line));
  if (head === null || (head.timestamp ?? timeInMessage(head.message)) === null) return false;
  if (beginsPlatformLine(head.message)) return true;
  return head.stream !== null && platformLineAt(head.message) === -1;
}

/** Forms whose lines are not a head and a message. */
const WITHOUT_HEADS: readonly LineForm[] = [cliText, grafanaText, csv, base64Lines, refusedText];

export const LINE_FORMS: readonly LineForm[] = [
  cliText,
  samLogs,
  awslogs,
  grafanaText,
  csv,
  consoleCopy,
  base64Lines,
  refusedText,
];
