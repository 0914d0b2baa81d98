/**
 * A record of the link log: what a link of the engine saw of one connection between an environment and the peer. A link belongs to one
 * environment, so the environment in the record is certain. Only local runs have link logs, and no check requires them. There is one JSON
 * object on each line of `logs/link-<label>.jsonl`.
 */
import { z } from "zod";
import { ATTEMPT_OUTCOMES, CONNECTION_END_KINDS, CONNECTION_ENDED_BY } from "../words/connection-outcome.ts";
import { SERVER_LIMITS, type ServerLimit } from "./peer-log.ts";
import { ENDINGS } from "./plan.ts";
import { FIRST_ANSWER } from "./probe.ts";
import { member, openWord, record, typed, type Recorded } from "./schema/member.ts";

export const LINK_ENDED_BY = [...CONNECTION_ENDED_BY, "engine-exit"] as const;

export const LINK_EVENTS = [
  "opened",
  "connected",
  "connect-failed",
  "answered",
  "recognised",
  "half-closed",
  "closed",
  "silenced",
] as const;

/** How an ended connection ended. */
export const CONNECTION_ENDINGS = ENDINGS.filter((ending) => ending !== "silence");

const TEXT = z.string();
const TEXT_OR_NULL = TEXT.nullable();

export const LINK_LOG_RECORD = record({
  time: member("time", TEXT),
  event: member("kept", z.enum(LINK_EVENTS), {
    about:
      "`opened`: the function's side connected to the link. `connected` / `connect-failed`: the link's own connect to the peer succeeded or failed. `answered`: the peer's first byte came. `half-closed`: one side sent the first FIN; the other side may stay open, because Go, Python and Java do not close a connection when they read the end of the stream. `closed`: the peer-side socket is gone. `silenced`: the environment ended without closing the connection, and the peer-side socket stays open. `recognised`: the bytes show the outcome in the server's own protocol, or TLS hides it (`unreadable`; another `recognised` follows if the outcome shows later)",
  }),
  functionName: member("functionName", TEXT, { about: "as the engine knows it" }),
  environment: member("stream", TEXT, { about: "the log stream" }),
  peer: member("peer", TEXT.exactOptional(), { about: "absent if the function has only one" }),
  boot: member("kept", z.number(), { about: "the number of the process in that environment: 1, 2, …" }),
  connection: member("kept", z.number(), { about: "unique within the engine's life" }),
  upstreamLocal: member("address", TEXT_OR_NULL, {
    about:
      "the local address of the link's socket to the peer. Without a proxy in between, the peer sees this address. Null before it is connected",
  }),
  by: member("kept", z.enum(LINK_ENDED_BY).nullable(), {
    about:
      "for `half-closed`: whose FIN it is. `environment-end`: the environment ended, and its system closed the connection. For `closed`: who ended the connection. The judgement ignores `engine-exit`",
  }),
  ending: member("kept", z.enum(CONNECTION_ENDINGS).nullable(), {
    about: "for `closed`: how the connection ended. For all other events: null",
  }),
  answered: member("kept", z.boolean(), { about: "whether the peer has sent any byte on this connection" }),
  answer: member("kept", FIRST_ANSWER.exactOptional(), {
    about: "for `answered`: the peer's first bytes. Absent in older runs",
  }),
  error: member("systemCode", TEXT_OR_NULL, {
    about: "the error code of the system, for `connect-failed` and resets",
  }),
  protocol: member("protocol", TEXT.exactOptional(), {
    about:
      "for `recognised`, `silenced` and `closed`, and sometimes for `half-closed`: the protocol of the first bytes. The members below say what the bytes mean in this protocol. They are absent if no byte was sent, or if an older engine wrote the line. The bytes themselves are not kept, because they may contain a password",
  }),
  catalogue: member("kept", z.number().exactOptional(), {
    about: "the version of the protocol catalogue that read the bytes",
    checked: false,
  }),
  outcome: member("kept", z.enum(ATTEMPT_OUTCOMES).nullable().exactOptional()),
  code: member("serverCode", TEXT_OR_NULL.exactOptional(), { about: "the server's own code" }),
  text: member("text", TEXT_OR_NULL.exactOptional(), { about: "the server's own text" }),
  clientName: member("client", TEXT_OR_NULL.exactOptional(), {
    about: "the name that the client gave itself",
  }),
  session: member("session", TEXT_OR_NULL.exactOptional(), {
    about: "the number by which the server's own log names the connection",
  }),
  limit: member("text", typed<Exclude<ServerLimit, "none">>(openWord(SERVER_LIMITS)).exactOptional(), {
    about:
      "which clients are counted by the limit that made the server refuse. Absent if the server's message does not say it",
  }),
  user: member("client", TEXT.exactOptional(), {
    about: "the user that the client named in clear. Absent if the protocol has none, or if it was encrypted",
  }),
  database: member("client", TEXT.exactOptional(), { about: "the database, in the same way" }),
  countsPlaces: member("kept", typed<false>(z.boolean()).exactOptional(), {
    about: "false if the server refused for another reason than a lack of places",
  }),
  end: member("text", openWord(CONNECTION_END_KINDS).exactOptional(), {
    about: "`evicted`: the server said that it ended the connection for another client",
  }),
  goodbye: member("kept", z.boolean().nullable().exactOptional(), {
    about: "whether the function ended the connection with the protocol's own message, its goodbye",
  }),
  goodbyeAt: member("time", TEXT.exactOptional(), {
    about: "when the link read the goodbye. The server may close the connection much later",
  }),
  contradiction: member("text", TEXT.exactOptional(), {
    about: "the first bytes as text, if they are not bytes of the protocol that the user named",
  }),
});
export type LinkLogRecord = Recorded<typeof LINK_LOG_RECORD>;
