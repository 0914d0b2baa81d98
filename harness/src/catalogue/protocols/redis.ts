/**
 * Redis and other servers with its protocol (docs/servers.md). A reply shows that the client has a place, even if the reply asks for a login.
 * Exceptions are the replies that say that the server is full, is loading its data, or has lost its master (MASTERDOWN).
 */
import { bigEndian, beginsWith, firstSpeaker, joined, textOf } from "./byte-reader.ts";
import { ACCEPTED, conclude, type ServerSays } from "./conclude.ts";
import type { Protocol, Reading, Said, SeenConnection } from "./protocol.ts";
import { isTlsThroughout, readEncrypted, type Login } from "./tls.ts";

const FULL = "-ERR max number of clients";
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const [LIST, TEXT] = [..."*$"].map((letter) => letter.charCodeAt(0));
/** A command with more members is not read. Commands at the beginning of a connection have fewer. */
const MEMBERS_MAX = 64;

/**
 * A full server ends the connection before TLS begins. A proxy that terminates TLS may send a text instead, which is longer than 8 bytes. So a
 * reply of 4 to 8 bytes, such as `+PONG` or a small number, shows that the client was accepted.
 */
const LOGIN: Login = { repliesMax: 1, accepts: [4, 8] };

export const redis = {
  name: "redis",
  title: "Redis",
  serverKind: null,
  aliases: [],
  closesAtGoodbye: true,
  decidesAtAccept: true,
  recognises,
  read,
} as const satisfies Protocol;

function recognises(said: readonly Said[]): boolean | null {
  const speaker = firstSpeaker(said);
  if (speaker === null) return null;
  // A server that is full speaks first.
  if (speaker === "peer") return beginsWith(joined(said, "peer"), FULL);
  const text = String.fromCharCode(...joined(said, "function").subarray(0, 16));
  if (/^\*\d{1,5}\r\n\$\d/.test(text)) return true;
  return /^(\*(\d{1,5}(\r(\n(\$)?)?)?)?)?$/.test(text) ? null : false;
}

function read(seen: SeenConnection): Reading {
  const [client, server] = [joined(seen.said, "function"), joined(seen.said, "peer")];
  if (isTlsThroughout(seen.said))
    return conclude(seen, { answer: { ...ACCEPTED, attempt: readEncrypted(seen, LOGIN) } });
  return conclude(seen, {
    answer: answerOf(linesOf(server)),
    clientName: nameOf(commandsOf(client)),
    goodbye: isQuit(commandsOf(seen.last?.function ?? client).at(-1)),
  });
}

function linesOf(bytes: Uint8Array): readonly string[] {
  const lines: string[] = [];
  let from = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
    if (bytes[at - 1] === CARRIAGE_RETURN) lines.push(textOf(bytes.subarray(from, at - 1)));
    from = at + 1;
  }
  return lines;
}

/** The first reply decides. If it asks for a login, a later `+OK` means that the client is accepted. */
function answerOf(lines: readonly string[]): ServerSays | null {
  const [first] = lines;
  if (first === undefined || !/^[-+:$*%~#,(_!=>|]/.test(first)) return null;
  if (!first.startsWith("-")) return ACCEPTED;
  const [, code = "", text = ""] = /^-(\S+) ?(.*)/.exec(first) ?? [];
  if (first.startsWith(FULL)) return { attempt: "refused", code, text, limit: "server" };
  if (["LOADING", "MASTERDOWN"].includes(code)) return { attempt: "peer-down", code, text };
  if (!["NOAUTH", "WRONGPASS", "NOPERM"].includes(code)) return ACCEPTED;
  return lines.includes("+OK") ? ACCEPTED : { attempt: "denied", code, text };
}

function commandsOf(bytes: Uint8Array): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let at = 0;
  for (;;) {
    const count = numberAfter(bytes, at, LIST);
    if (count === null || count.value > MEMBERS_MAX) return commands;
    const members: string[] = [];
    at = count.next;
    for (let index = 0; index < count.value; index += 1) {
      const length = numberAfter(bytes, at, TEXT);
      if (length === null) return commands;
      at = length.next + length.value + 2;
      if (bigEndian(bytes, at - 2, 2) === null) return commands;
      members.push(textOf(bytes.subarray(length.next, at - 2)));
    }
    commands.push(members);
  }
}

function numberAfter(
  bytes: Uint8Array,
  at: number,
  mark: number | undefined,
): { readonly value: number; readonly next: number } | null {
  const end = bytes.indexOf(NEWLINE, at);
  if (bytes[at] !== mark || end === -1) return null;
  const [, digits] =
    /^(\d{1,9})\r$/.exec(String.fromCharCode(...bytes.subarray(at + 1, Math.min(end, at + 12)))) ?? [];
  return digits === undefined ? null : { value: Number(digits), next: end + 1 };
}

/** The client names itself with CLIENT SETNAME, or with SETNAME in HELLO. */
function nameOf(commands: readonly (readonly string[])[]): string | null {
  for (const command of commands) {
    const [verb, second] = command.map((word) => word.toUpperCase());
    if (verb === "CLIENT" && second === "SETNAME") return command[2] ?? null;
    const at = verb === "HELLO" ? command.findLastIndex((word) => word.toUpperCase() === "SETNAME") : -1;
    if (at !== -1) return command[at + 1] ?? null;
  }
  return null;
}

function isQuit(command: readonly string[] | undefined): boolean {
  return command?.[0]?.toUpperCase() === "QUIT";
}
