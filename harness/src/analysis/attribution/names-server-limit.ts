/**
 * Whether the server's own words say that its limit for all clients together turned the client away (docs/servers.md#refused). Every open
 * connection to that server then holds a place of this limit, however many places there are. A limit of a role, a database or an account is
 * not enough, because nothing shows which of them a connection used.
 */
import type { LinkConnection } from "../timeline/environment.ts";

/** By protocol: the code, and the beginning of the text. Null matches any. */
const SERVER_LIMITS: Readonly<
  Record<string, readonly { readonly code: string | null; readonly words: RegExp | null }[]>
> = {
  postgres: [
    { code: "53300", words: /^(?:sorry, too many clients already|remaining connection slots are reserved)/ },
  ],
  mysql: [{ code: "1040", words: null }],
  redis: [{ code: null, words: /max number of clients reached/ }],
  longrun: [{ code: "busy", words: null }],
};

export function namesServerLimit({ protocol, outcome, code, text }: LinkConnection): boolean {
  if (outcome !== "refused" || protocol === null) return false;
  return (SERVER_LIMITS[protocol] ?? []).some(
    (limit) =>
      (limit.code === null || limit.code === code) && (limit.words === null || limit.words.test(text ?? "")),
  );
}
