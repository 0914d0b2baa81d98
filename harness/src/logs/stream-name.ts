/**
 * Log stream names of Lambda (docs/aws/logs.md#log-groups-and-streams) where people and exports put them: at the start of a line, in the
 * name of a file or folder.
 */

const VERSIONED = String.raw`[^\s[\]]*\[[^\s[\]]+\]\[?[0-9a-f]{32}\]?`;
const AT_START = new RegExp(`^(\\d{4}/\\d{2}/\\d{2}/${VERSIONED})(?:[\\t ]|$)`);
/** The export to S3 writes - for each /. */
const FLAT = new RegExp(`^(\\d{4})[-_](\\d{2})[-_](\\d{2})[-_](${VERSIONED})`);
const WITH_FUNCTION = /^\d{4}\/\d{2}\/\d{2}\/([^\s[\]/]+)\[[^\]]+\]\[[0-9a-f]{32}\]$/;

export function isStreamName(text: string): boolean {
  return streamAtStart(text) === text;
}

export function streamAtStart(text: string): string | null {
  return AT_START.exec(text)?.[1] ?? null;
}

/** From a file's own name, else from the folder it lies in: `…/2026-11-25-[$LATEST]0f…/000000.gz`. */
export function streamOfPath(path: string): string | null {
  for (const name of path.split("/").reverse().slice(0, 2)) {
    const match = FLAT.exec(name);
    if (match !== null) return `${match[1]}/${match[2]}/${match[3]}/${match[4]}`;
  }
  return null;
}

/** A group of the user's own holds several functions; its streams name theirs: `2026/11/25/name[$LATEST][0f…]`. */
export function functionOfStream(stream: string): string | null {
  return WITH_FUNCTION.exec(stream)?.[1] ?? null;
}

export function functionOfGroup(group: string | null): string | null {
  return /^\/aws\/lambda\/([A-Za-z0-9_-]{1,140})$/.exec(group ?? "")?.[1] ?? null;
}
