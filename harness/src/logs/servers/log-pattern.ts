/** The patterns of `--peer-log-pattern`, with which the user says how a machine's plain-text log is read (docs/servers.md#another-machine). */
import type { PeerEvent } from "../../record/peer-log.ts";

export function logPattern(text: string): RegExp {
  // eslint-disable-next-line no-restricted-syntax -- The user's own pattern, for the user's own log.
  return new RegExp(text);
}

/** Returns the pattern, or what was expected instead. */
export function parseLogPattern(text: string): RegExp | string {
  let pattern;
  try {
    pattern = logPattern(text);
  } catch (error) {
    return `a regular expression (${(error as Error).message})`;
  }
  const named = new Set([...text.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name ?? ""));
  const stray = [...named].find((name) => !GROUPS.has(name));
  const tells = named.has("event") || WORDS.some(([event]) => named.has(event));
  if (named.has("time") && tells && stray === undefined) return pattern;
  const found = stray === undefined ? "" : `, not ${stray}`;
  return `the named groups time and event (or accepted, refused, closed, … instead of event), and perhaps connection and client${found}`;
}

/** Returns which event a line has, by the group of that name or by the word in the group `event`. Null if the word is not known. */
export function eventIn(groups: PatternGroups): PeerEvent | null {
  const byName = WORDS.find(([event]) => groups[event] !== undefined);
  const word = (groups["event"] ?? "").trim().toLowerCase();
  return (byName ?? WORDS.find(([, words]) => words.includes(word)))?.[0] ?? null;
}

export type PatternGroups = Readonly<Record<string, string | undefined>>;

const WORDS: readonly (readonly [PeerEvent, readonly string[]])[] = [
  ["ready", ["ready", "started", "listening"]],
  ["accepted", ["accepted", "accept", "connected", "connect", "opened", "open", "login"]],
  ["refused", ["refused", "refuse", "rejected", "reject", "busy", "full"]],
  ["closed", ["closed", "close", "disconnected", "disconnect", "logout"]],
  ["reset", ["reset"]],
  ["evicted", ["evicted"]],
  ["idle-timeout", ["idle", "timeout"]],
];

const GROUPS: ReadonlySet<string> = new Set([
  ...["time", "event", "connection", "client"],
  ...WORDS.map(([event]) => event),
]);
