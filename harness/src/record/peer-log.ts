/**
 * The form of the peer's log: one JSON object per line. It is a contract, so that the log of a real gateway can be converted to it. Readers
 * ignore members that they do not know.
 */
import { z } from "zod";
import { CODE_PHASES } from "../words/lifecycle-words.ts";
import { member, openWord, record, typed, type Recorded } from "./schema/member.ts";
import { SERVERS_WITH_LOG } from "../words/server-log-kinds.ts";

const CLIENT_ENDINGS = ["closed", "reset"] as const;
export type ClientEnding = (typeof CLIENT_ENDINGS)[number];

export const PEER_ENDINGS = [...CLIENT_ENDINGS, "evicted", "idle-timeout"] as const;
export type PeerEnding = (typeof PEER_ENDINGS)[number];

export const PEER_EVENTS = ["ready", "accepted", "queued", "refused", "request", ...PEER_ENDINGS] as const;
export type PeerEvent = (typeof PEER_EVENTS)[number];

/**
 * Which clients a limit counts: all clients of the server, those with the same user, or those with the same database. `none`: the limit is
 * not a number of places, but for example a limit on the connections that log in at the same time.
 */
export const SERVER_LIMITS = ["server", "user", "database", "none"] as const;
export type ServerLimit = (typeof SERVER_LIMITS)[number];

const TEXT = z.string();
const TEXT_OR_NULL = TEXT.nullable();

const HELLO = record({
  bootId: member("id", TEXT_OR_NULL),
  logStream: member("stream", TEXT_OR_NULL),
  phase: member("text", typed<string | null>(openWord(CODE_PHASES).nullable())),
});
export type PeerHello = Recorded<typeof HELLO>;

/** What a real server's own log says about a connection, in addition to the members that all peer logs have. */
const SERVER_WORDS = record({
  client: member("client", TEXT_OR_NULL, {
    about:
      "the name that the client gave itself. This is not a hello, because only a name that contains a log stream or a boot id identifies the client",
  }),
  user: member("client", TEXT_OR_NULL),
  database: member("client", TEXT_OR_NULL),
  limit: member("kept", z.enum(SERVER_LIMITS).nullable(), {
    about:
      "for `refused`: which clients are counted by the limit that turned the client away. Null on other lines, or if the log does not say it",
  }),
  session: member("session", TEXT_OR_NULL, {
    about: "the server's own number of the connection. A link can read it, too",
  }),
  resolutionMs: member("kept", z.number(), {
    about: "how exact the times are: 1 for milliseconds, 1000 for whole seconds",
    otherwise: 1,
  }),
});
export type ServerLogWords = Recorded<typeof SERVER_WORDS>;

/** Other programs write such logs too, so members of another form are tolerated: `readMended` (record/read-as.ts) reads it. */
export const PEER_LOG_RECORD = record({
  time: member("time", TEXT, { about: "by the peer's clock" }),
  event: member("kept", z.enum(PEER_EVENTS)),
  connection: member("kept", z.number().nullable(), {
    about: "unique between two `ready` lines. Only a `ready` line has null",
    checked: false,
  }),
  remote: member("address", TEXT_OR_NULL, {
    about: "`host:port` of the client. It is shown to people and never used for matching",
    checked: false,
  }),
  hello: member("kept", HELLO.nullable(), {
    about: "null if the client did not say who it is",
    checked: false,
  }),
  server: member("kept", SERVER_WORDS.exactOptional(), {
    about: "present if the line comes from the log of a real server: what that server wrote",
    checked: false,
  }),
  eventId: member("eventId", TEXT.exactOptional(), {
    about:
      "CloudWatch's id, if the line was read from a log group. By this id, a resumed run recognises the lines that it already has",
    checked: false,
  }),
  peer: member("peer", TEXT.exactOptional(), {
    about: "the name of the peer that wrote the line. Absent if the function has only one",
    checked: false,
  }),
  host: member("host", TEXT.exactOptional(), { about: "only in a `ready` line", checked: false }),
  port: member("kept", z.number().exactOptional(), { about: "only in a `ready` line", checked: false }),
});
export type PeerLogRecord = Omit<Recorded<typeof PEER_LOG_RECORD>, "host" | "port">;

/** The first line after each start of the peer. It means that all earlier connections have ended. */
export interface PeerReadyRecord {
  readonly event: "ready";
  readonly time: string;
  readonly host: string;
  readonly port: number;
}

/** A line of a managed peer's log as it was found. Its other members are kept, too, and checked when the run directory is read. */
export type PeerLine = Pick<PeerLogRecord, "time" | "event" | "eventId">;

/** Says which forms a log of a peer may have. For the error about a log that cannot be read, and for the notice about an empty log. */
export const PEER_LOG_EXPECTED = [
  'Expected one JSON object a line: {"time":"…","event":"accepted","connection":7,"remote":"10.0.1.12:40112","hello":null};',
  `or the log of ${SERVERS_WITH_LOG}. How to switch each of them on: docs/servers.md#switching-a-log-on.`,
].join(" ");
