/**
 * One line of a text export: `ISO message` as the export to S3 writes it, `ISO stream message` as `aws logs tail` prints it, the
 * same copied from the console, where the time may stand on a line of its own. A time without a zone is UTC.
 */
import { streamAtStart } from "../../logs/stream-name.ts";

export interface TextLine {
  readonly timestamp: number;
  readonly stream: string | null;
  readonly message: string;
}

const TIMED =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?(?:[\t ,]+([^]*))?$/;
const PLATFORM = /^(?:INIT_START|INIT_REPORT|START RequestId:|END RequestId:|REPORT RequestId:|\{)/;

/** Null: it does not begin with a time. */
export function parseTextLine(line: string): TextLine | null {
  const match = TIMED.exec(line);
  if (match === null) return null;
  const fraction = (match[3] ?? "").slice(0, 3).padEnd(3, "0");
  const timestamp = Date.parse(`${match[1]}T${match[2]}.${fraction}${zone(match[4])}`);
  if (Number.isNaN(timestamp)) return null;
  const rest = match[5] ?? "";
  const stream = streamAtStart(rest);
  return {
    timestamp,
    stream,
    message: stream === null ? rest : rest.slice(stream.length).replace(/^[\t ]/, ""),
  };
}

/** A line without a time that can be no second line of another event: what it says cannot be placed. */
export function isUntimedPlatformLine(line: string): boolean {
  return PLATFORM.test(line);
}

function zone(text: string | undefined): string {
  if (text === undefined) return "Z";
  return text.length === 5 ? `${text.slice(0, 3)}:${text.slice(3)}` : text;
}
