/**
 * Recognises errors about a connection in a line about a failure. The words are those of the systems and of the servers, as runtimes and
 * clients print them: the names of errno (errno(3)) and their texts in glibc, Node, Python, Java, Go, .NET, Rust and Ruby; and the texts of
 * the servers' protocols (docs/servers.md).
 */
import type { ConnectionError } from "../words/connection-error.ts";

/** The first row that fits counts: a server that says that it is full may close the connection after that. */
const WORDS: readonly (readonly [ConnectionError, RegExp])[] = [
  [
    "full",
    /too many (?:clients|connections)|remaining connection slots|\b53300\b|number of clients reached|ER_CON_COUNT_ERROR|connection limit exceeded/i,
  ],
  ["nothing-listened", /ECONNREFUSED|connection refused|connect refused|actively refused|os error 111\b/i],
  [
    "timed-out",
    /ETIMEDOUT|ESOCKETTIMEDOUT|connection timed out|connect timed out|connect(?:ion)? timeout|ConnectTimeout|i\/o timeout|os error 110\b/i,
  ],
  [
    "reset",
    /ECONNRESET|EPIPE|connection (?:was )?reset|broken pipe|socket hang up|server closed the connection|connection terminated unexpectedly|closed by the remote host|os error 104\b/i,
  ],
];

/** A text that is recognised as each of these errors, for a line that shall say the same as another line. */
export const SAMPLE_TEXTS: Readonly<Record<ConnectionError, string>> = {
  "nothing-listened": "ECONNREFUSED",
  full: "too many connections",
  reset: "ECONNRESET",
  "timed-out": "ETIMEDOUT",
};

/** Returns null if the line names no such error. */
export function connectionErrorIn(text: string): ConnectionError | null {
  return WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
