/**
 * Recognises, without parsing it, a line of `aws logs filter-log-events` whose message is an application's own: of such a line a judgement
 * needs the log stream and the time. Strict: whatever might be anything else, or no JSON, is left to be read in full.
 */
export interface ApplicationLine {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly eventId: string;
}

const HEAD = String.raw`^\{"logStreamName":"([^"\\\x00-\x1f]+)","timestamp":(\d{13}),"message":"`;
const REST = String.raw`[^"\\\x00-\x1f]*(?:\\["\\/bfnrt][^"\\\x00-\x1f]*)*`;
const TAIL = String.raw`","ingestionTime":\d{13},"eventId":"(\d{1,80})"\}\r?$`;
/** JSON log format: no error of the runtime has such a level. */
const JSON_MESSAGE = new RegExp(
  String.raw`${HEAD}\{\\"timestamp\\":\\"[^"\\\x00-\x1f]*\\",\\"level\\":\\"(?:TRACE|DEBUG|INFO|WARN)\\"${REST}${TAIL}`,
);
/** Text: begins with nothing that a platform's line begins with. */
const TEXT_MESSAGE = new RegExp(String.raw`${HEAD}[^{\s"\\IERSTXL\x00-\x1f]${REST}${TAIL}`);
/** What a platform's, a lifecycle or an error line has somewhere; an escape may hide any of it. */
const JSON_SIGNS = ["longrun", "platform.", "errorType", "\\u"] as const;
const TEXT_SIGNS = ["longrun", "Task timed out", "ERROR", "RequestId", "\\u"] as const;
const MESSAGE = '"message":"';

/** `line`: its bytes, one character each. */
export function applicationLine(line: string): ApplicationLine | null {
  if (!line.startsWith('{"logStreamName":"')) return null;
  const at = line.indexOf(MESSAGE);
  const isJson = line.charCodeAt(at + MESSAGE.length) === 0x7b;
  for (const sign of isJson ? JSON_SIGNS : TEXT_SIGNS) if (line.includes(sign, at)) return null;
  const match = (isJson ? JSON_MESSAGE : TEXT_MESSAGE).exec(line);
  if (match?.[1] === undefined || match[3] === undefined) return null;
  return { logStreamName: match[1], timestamp: Number(match[2]), eventId: match[3] };
}
