/**
 * PostgreSQL and PgBouncer (docs/servers.md). The client may first ask whether the server can encrypt; the server answers with one byte.
 * Only ReadyForQuery shows that the client is served: a client may be refused after its login succeeded.
 */
import { beginsTls, readEncrypted, saidGoodbye, type Login } from "./tls.ts";
import {
  bigEndian,
  firstSpeaker,
  framesOf,
  joined,
  joinedSinceAnswer,
  lastFrame,
  textOf,
  zeroEnded,
  type FrameLength,
  type Frames,
} from "./byte-reader.ts";
import { ACCEPTED, conclude, type ServerSays } from "./conclude.ts";
import type { Protocol, Reading, Said, SeenConnection } from "./protocol.ts";

const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const VERSION_3 = 3;
/** The longest start message that the server reads. */
const START_LENGTH_MAX = 10_000;

const [ERROR, READY, KEY_DATA, TERMINATE] = [..."EZKX"].map((letter) => letter.charCodeAt(0));
/** Query, Sync and FunctionCall: a server must answer them. */
const REQUESTS: ReadonlySet<number | undefined> = new Set([..."QSF"].map((letter) => letter.charCodeAt(0)));
const [YES_TLS, YES_GSS] = [..."SG"].map((letter) => letter.charCodeAt(0));

/**
 * A login by SCRAM has three replies, other logins have fewer. The longest reply that asks the client for more is the second reply of
 * SCRAM: it has 93 to 133 bytes. The messages with which the server accepts a client have more than 400 bytes together.
 */
const LOGIN: Login = { repliesMax: 3, requestMax: 256, goodbye: 5 };

export const postgres = {
  name: "postgres",
  title: "Postgres",
  serverKind: null,
  aliases: ["postgresql"],
  // The manual says that a limit is "only enforced approximately":
  // https://www.postgresql.org/docs/current/sql-createdatabase.html (CONNECTION LIMIT)
  countsBeforeDeciding: true,
  clearBeforeTls,
  closesAtGoodbye: true,
  hasAsides: true,
  recognises,
  read,
} as const satisfies Protocol;

function recognises(said: readonly Said[]): boolean | null {
  const speaker = firstSpeaker(said);
  if (speaker !== "function") return speaker === null ? null : false;
  const bytes = joined(said, "function");
  const length = bigEndian(bytes, 0, 4);
  if (length === null) return bytes.every((byte, index) => index > 1 || byte === 0) ? null : false;
  if (length < 8 || length > START_LENGTH_MAX) return false;
  const code = bigEndian(bytes, 4, 4);
  return code === null ? null : isStart(code);
}

function isStart(code: number): boolean {
  return isQuestion(code) || code === CANCEL_REQUEST || Math.floor(code / 65_536) === VERSION_3;
}

function isQuestion(code: number | null): boolean {
  return code === SSL_REQUEST || code === GSS_REQUEST;
}

function clearBeforeTls(client: Uint8Array): number {
  let at = 0;
  while (isQuestion(bigEndian(client, at + 4, 4))) at += 8;
  return at;
}

interface Start {
  /**
   * Where the messages after the start begin. In the client's bytes this is after its questions about encryption and its start message, in
   * the server's bytes after the answers to these questions.
   */
  readonly client: number;
  readonly server: number;
  readonly encrypted: boolean;
  /** The start message. Null if it has not come. */
  readonly message: Uint8Array | null;
}

function startOf(client: Uint8Array, server: Uint8Array): Start {
  const at = { client: 0, server: 0 };
  while (isQuestion(bigEndian(client, at.client + 4, 4))) {
    const answer = server[at.server];
    at.client += 8;
    // A server that is in trouble answers with an error.
    if (answer === undefined || answer === ERROR) return { ...at, encrypted: false, message: null };
    at.server += 1;
    if (answer === YES_TLS || answer === YES_GSS) return { ...at, encrypted: true, message: null };
  }
  if (beginsTls(client.subarray(at.client)) === true) return { ...at, encrypted: true, message: null };
  const length = bigEndian(client, at.client, 4);
  const whole = length !== null && length >= 8 && at.client + length <= client.length;
  return {
    client: whole ? at.client + length : client.length,
    server: at.server,
    encrypted: false,
    message: whole ? client.subarray(at.client, at.client + length) : null,
  };
}

function read(seen: SeenConnection): Reading {
  const [client, server] = [joined(seen.said, "function"), joined(seen.said, "peer")];
  const start = startOf(client, server);
  if (start.encrypted)
    return conclude(seen, {
      answer: { ...ACCEPTED, attempt: readEncrypted(seen, LOGIN) },
      goodbye: saidGoodbye(seen, LOGIN),
    });
  // A request to cancel a query gets no answer and takes no place.
  if (start.message !== null && bigEndian(start.message, 4, 4) === CANCEL_REQUEST)
    return conclude(seen, { answer: { ...ACCEPTED, attempt: null } });
  const says = framesOf(server, messageLength, start.server);
  const asks = framesOf(client, messageLength, start.client);
  const last = lastFrame(seen, "peer", says, messageLength);
  const error = seen.end?.by === "peer" && last !== null ? fatalError(last) : null;
  const key = says.frames.find(([type]) => type === KEY_DATA);
  return conclude(seen, {
    answer: answerOf(says.frames),
    clientName: start.message === null ? null : parameter(start.message, "application_name"),
    ...(start.message === null ? {} : namesIn(start.message)),
    session: key === undefined ? null : (bigEndian(key, 5, 4)?.toString() ?? null),
    goodbye: lastFrame(seen, "function", asks, messageLength)?.[0] === TERMINATE,
    unanswered: isUnanswered(seen, says),
    ended: error,
  });
}

/** Whether the client's first request after the login has no answer. A later request can wait for many reasons, so it is not judged. */
function isUnanswered({ said, last }: SeenConnection, { frames, ends }: Frames): boolean {
  const ready = frames.findIndex(([type]) => type === READY);
  if (last?.peer !== undefined || ends !== "whole" || ready === -1 || ready !== frames.length - 1)
    return false;
  const asks = framesOf(joinedSinceAnswer(said, "function"), messageLength);
  return asks.frames.some(([type]) => REQUESTS.has(type));
}

const messageLength: FrameLength = (bytes, at) => {
  const type = bytes[at] ?? 0;
  if (!/[0-9A-Za-z]/.test(String.fromCharCode(type))) return "broken";
  const length = bigEndian(bytes, at + 1, 4);
  if (length === null) return null;
  return length < 4 ? "broken" : 1 + length;
};

function answerOf(messages: readonly Uint8Array[]): ServerSays | null {
  let accepted = false;
  for (const message of messages) {
    if (message[0] === READY) accepted = true;
    if (message[0] !== ERROR) continue;
    const error = errorOf(message);
    if (error === null) continue;
    if (!accepted) return saysOf(error);
    // PgBouncer's queue: the login succeeds immediately, and the first query waits for a place.
    if (error.code === "08P01" && error.text.startsWith("query_wait_timeout"))
      return { ...error, attempt: "timed-out" };
  }
  return accepted ? ACCEPTED : null;
}

interface PostgresError {
  readonly code: string;
  readonly text: string;
  readonly fatal: boolean;
}

function saysOf(error: PostgresError): ServerSays {
  const attempt = attemptOf(error);
  const limit = attempt === "refused" ? limitNamedBy(error.text) : null;
  return { attempt, code: error.code, text: error.text, ...(limit === null ? {} : { limit }) };
}

/** Returns which clients the limit counts. Null if the text does not say it (PgBouncer), or is not English. */
function limitNamedBy(text: string): ServerSays["limit"] | null {
  if (/^(?:sorry, too many clients already|remaining connection slots are reserved)/.test(text))
    return "server";
  if (text.startsWith("too many connections for role ")) return "user";
  return text.startsWith("too many connections for database ") ? "database" : null;
}

function attemptOf({ code, text }: PostgresError): ServerSays["attempt"] {
  switch (code) {
    case "53300":
      return "refused";
    case "28P01":
    case "28000":
    case "3D000":
      return "denied";
    case "57P01":
    case "57P02":
    case "57P03":
      return "peer-down";
    // PgBouncer uses one code for all its errors.
    case "08P01":
      if (text.startsWith("no more connections allowed")) return "refused";
      return text.startsWith("query_wait_timeout") ? "timed-out" : null;
    default:
      return null;
  }
}

function fatalError(message: Uint8Array): PostgresError | null {
  const error = message[0] === ERROR ? errorOf(message) : null;
  return error?.fatal === true ? error : null;
}

/** The fields of an ErrorResponse are a letter and a text that ends with a zero byte. */
function errorOf(message: Uint8Array): PostgresError | null {
  const fields = new Map<string, string>();
  let at = 5;
  while (message[at] !== undefined && message[at] !== 0) {
    const field = zeroEnded(message, at + 1);
    if (field === null) return null;
    fields.set(String.fromCharCode(message[at] ?? 0), field.text);
    at = field.next;
  }
  const code = fields.get("C");
  if (code === undefined) return null;
  const severity = fields.get("V") ?? fields.get("S");
  return { code, text: fields.get("M") ?? "", fatal: severity === "FATAL" || severity === "PANIC" };
}

/** The database has the user's name unless the client gives another one. */
function namesIn(message: Uint8Array): {
  readonly user: string | null;
  readonly database: string | null;
} {
  const user = parameter(message, "user");
  return { user, database: parameter(message, "database") ?? user };
}

function parameter(message: Uint8Array, name: string): string | null {
  let at = 8;
  while (message[at] !== undefined && message[at] !== 0) {
    const key = zeroEnded(message, at);
    const value = key === null ? null : zeroEnded(message, key.next);
    if (key === null || value === null) return null;
    if (key.text === name) return textOf(message.subarray(key.next, value.next - 1));
    at = value.next;
  }
  return null;
}
