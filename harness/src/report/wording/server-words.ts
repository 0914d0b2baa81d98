/** Writes what a server said: its name, and its code and text unchanged. */
import type { ServerWords } from "../../domain/findings/harm-findings.ts";
import { protocolNamed } from "../../protocols/all-protocols.ts";

/** Returns the name of a server for the start of a sentence. A protocol that has no title, or is not known, gives no name. */
export function serverName(protocol: string): string {
  const { title = null, serverKind = null } = protocolNamed(protocol) ?? {};
  if (title === null) return "The server";
  return serverKind === null ? title : `The ${title} ${serverKind}`;
}

/** Returns the name of the server for the middle of a sentence. */
export function nameInSentence(protocol: string): string {
  return serverName(protocol).replace(/^The /, "the ");
}

export function codeAndText({ code, text }: ServerWords): string {
  return text === null || text === "" ? code : `${code} ${text}`;
}
