/** Reads the first line of an event of `sam logs` or `awslogs get`: `[GROUP] STREAM [TIME] MESSAGE`, padded by spaces. */
import { streamAtStart } from "../stream-name.ts";
import { parseIsoInstant, TIME_AT_START } from "./parse-instant.ts";
import { uncoloured } from "./timed-events.ts";

export interface StreamFirstLine {
  readonly group: string | null;
  readonly stream: string;
  readonly timestamp: number | null;
  readonly message: string;
}

const GROUP = /^([\w./#-]{1,512}) +(?=\d{4}\/)/;

/** Returns null if the line does not begin with a log stream. */
export function streamFirstLine(coloured: string): StreamFirstLine | null {
  const line = uncoloured(coloured);
  const group = GROUP.exec(line);
  const afterGroup = group === null ? line : line.slice(group[0].length);
  const stream = streamAtStart(afterGroup);
  if (stream === null) return null;
  let rest = afterGroup.slice(stream.length).replace(/^ +/, "");
  const times: number[] = [];
  // A second time is the time of ingestion (`awslogs get --timestamp --ingestion-time`).
  while (times.length < 2) {
    const match = TIME_AT_START.exec(rest);
    const time = match === null ? null : parseIsoInstant(match[1] ?? "");
    // A time that is followed by a tab is the function's own. A second time is also the function's own if `ID` matches after it.
    if (match === null || time === null || rest[match[0].length] === "\t") break;
    if (times.length === 1 && ID.test(rest.slice(match[0].length))) break;
    times.push(time);
    rest = rest.slice(match[0].length).replace(/^ /, "");
  }
  return { group: group?.[1] ?? null, stream, timestamp: times[0] ?? null, message: rest };
}

/**
 * What follows the function's own time: a request id, `undefined` or `-` in place of a request id, `Task timed out`, or the level of a line
 * without a request id. The match begins with the spaces that replaced a tab when the line was copied.
 */
const ID =
  /^ +(?:[0-9a-f]{8}-|undefined|- |Task timed out|(?:trce|dbug|info|warn|fail|crit|TRACE|DEBUG|INFO|WARN|ERROR)\s)/;
