/** All forms in which logs can be read. The first form that recognises an object or a line reads it. */
import { awslogs } from "./awslogs.ts";
import { bareLine } from "./bare-line.ts";
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
import { samLogs } from "./sam-logs.ts";

export const OBJECT_FORMS: readonly ObjectForm[] = [
  bareLine,
  cloudwatchAnswer,
  cloudwatchEvent,
  insightsRow,
  packedRecords,
  loki,
  datadog,
];

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
