/**
 * Decides whether the server refused a client because of its limit for all clients together, by the server's code and text
 * (docs/servers.md#refused). Under such a limit, every open connection holds a place. A limit of a role, a database or an account does not count,
 * because nothing shows which connections used the same role, database or account.
 */
import type { LinkConnection } from "../timeline/environment.ts";

/** By protocol: the code, and a pattern for the text. Null matches every code or text. */
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
