/**
 * Puts the words of a platform line back together that was broken over several lines: by a terminal, a mail, or a copy that has line ends in
 * place of TABs. White space means nothing in these lines, so the words are found without it.
 */
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const FIRST =
  /^(START|END|REPORT|INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT)(?=RequestId:|Runtime|Init|Phase|Status|Restore)/;
const TIMED_OUT = new RegExp(String.raw`^(\S{0,64}?)(${UUID})Tasktimedoutafter([\d.]{1,12})seconds`);
/** The names of fields, the longer ones first. */
const NAMES = [
  "Runtime Version ARN",
  "Runtime Version",
  "RequestId",
  "Version",
  "Billed Restore Duration",
  "Restore Duration",
  "Billed Duration",
  "Init Duration",
  "Duration",
  "Max Memory Used",
  "Memory Size",
  "Phase",
  "Status",
  "Error Type",
  "XRAY TraceId",
  "SegmentId",
  "Sampled",
];
const FIELD = new RegExp(`(?:${NAMES.map((name) => name.replaceAll(" ", "")).join("|")}):`, "g");
const WRITTEN = new Map(NAMES.map((name) => [`${name.replaceAll(" ", "")}:`, ` ${name}: `]));

/** How many characters of a message can belong to a platform line. */
const LENGTH_MAX = 1_000;

/** Returns the line as the platform writes it, with spaces instead of TABs. Null if the message is no such line. */
export function unbrokenLine(message: string): string | null {
  const squeezed = message.slice(0, LENGTH_MAX).replace(/\s+/g, "");
  const first = FIRST.exec(squeezed)?.[0];
  if (first !== undefined)
    return first + squeezed.slice(first.length).replace(FIELD, (name) => WRITTEN.get(name) ?? name);
  const [, before, requestId, seconds] = TIMED_OUT.exec(squeezed) ?? [];
  return requestId === undefined ? null : `${before} ${requestId} Task timed out after ${seconds} seconds`;
}
