/** Finds Lambda's log stream names (docs/aws/logs.md#log-groups-and-streams) in lines and in the names of files and folders. */

/** The end of a stream name if the log is kept in another Region: the account and the Region in which the stream was written. */
const ELSEWHERE = String.raw`(?:-\d{12}-[a-z]{2}(?:-[a-z]+)+-\d+)?`;
const VERSIONED = String.raw`[^\s[\]]*\[[^\s[\]]+\]\[?[0-9a-f]{32}\]?${ELSEWHERE}`;
const AT_START = new RegExp(`^(\\d{4}/\\d{2}/\\d{2}/${VERSIONED})(?:[\\t ]|$)`);
/** The export to S3 replaces each / by -. */
const FLAT = new RegExp(`^(\\d{4})[-_](\\d{2})[-_](\\d{2})[-_](${VERSIONED})`);
/** The parts of a stream name. AWS's manual shows the digits in brackets, but real streams have no brackets there. */
const PARTS = new RegExp(
  String.raw`^\d{4}/\d{2}/\d{2}/([^\s[\]/]*)\[([^\]]+)\](?:\[[0-9a-f]{32}\]|[0-9a-f]{32})${ELSEWHERE}$`,
);

/** What a stream name begins with, up to any place behind the date. */
const CUT = /^\d{4}\/\d{2}\/\d{2}\/[^\s[\]]*(?:\[(?:[^\s[\]]+(?:\](?:\[?[0-9a-f]{0,32})?)?)?)?$/;

/** Whether a text is the beginning of a stream name and nothing else, as in the last line of a file that was cut off. */
export function isCutStreamName(text: string): boolean {
  return CUT.test(text) && !isStreamName(text);
}

export function isStreamName(text: string): boolean {
  return streamAtStart(text) === text;
}

export function streamAtStart(text: string): string | null {
  return AT_START.exec(text)?.[1] ?? null;
}

/** Returns the stream name in the name of the file, else in the name of its folder (`…/2026-11-25-[$LATEST]0f…/000000.gz`), else null. */
export function streamOfPath(path: string): string | null {
  for (const name of path.split("/").reverse().slice(0, 2)) {
    const match = FLAT.exec(name);
    if (match !== null) return `${match[1]}/${match[2]}/${match[3]}/${match[4]}`;
  }
  return null;
}

/**
 * What one export wrote: the file itself, or for the export to S3, whose files lie in a folder for each stream, the folder of the task
 * (`exportedlogs/TASK/STREAM/000000.gz`).
 */
export function exportOfPath(path: string): string {
  const names = path.split("/");
  return FLAT.test(names.at(-2) ?? "") ? names.slice(0, -2).join("/") : path;
}

/** The function in a stream name of a shared log group, such as `2026/11/25/name[$LATEST]0f…`. Null if there is none. */
export function functionOfStream(stream: string): string | null {
  const name = PARTS.exec(stream)?.[1];
  return name === undefined || name === "" ? null : name;
}

/** Returns the version in a stream name such as `2026/11/25/[$LATEST]0f…`. */
export function versionOfStream(stream: string): string | null {
  return PARTS.exec(stream)?.[2] ?? null;
}

/** Returns the function in the name of a log group that Lambda itself names, such as `/aws/lambda/name`. Null for any other group. */
export function functionOfGroup(group: string | null): string | null {
  return /^\/aws\/lambda\/(?:web\/)?([A-Za-z0-9_-]{1,140})(?:\.local)?$/.exec(group ?? "")?.[1] ?? null;
}
