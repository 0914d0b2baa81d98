import type { ServerWords } from "../../result/findings/harm-findings.ts";
import { protocolNamed } from "../../catalogue/protocols/all-protocols.ts";

/** The name of a server at the start of a sentence. If its protocol has no title, the name is `The server`. */
export function serverName(protocol: string): string {
  const { title = null, serverKind = null } = protocolNamed(protocol) ?? {};
  if (title === null) return "The server";
  return serverKind === null ? title : `The ${title} ${serverKind}`;
}

/** The name of a server in the middle of a sentence. */
export function nameInSentence(protocol: string): string {
  return serverName(protocol).replace(/^The /, "the ");
}

export function codeAndText({ code, text }: ServerWords): string {
  return text === null || text === "" ? code : `${code} ${text}`;
}
