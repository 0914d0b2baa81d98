import type { ServerWords } from "../../result/findings/harm-findings.ts";
import { distinguishesRefusals } from "../../catalogue/protocols/all-protocols.ts";
import type { Attempt } from "./environment.ts";

/**
 * The server's own code and text about an attempt. Null if no link saw the attempt, if its protocol is not the protocol of a known server
 * (longrun's own and `raw` are not), or if the server sent no message.
 */
export function serverWords({ link }: Pick<Attempt, "link">): ServerWords | null {
  if (link === null || link.protocol === null || link.code === null || !distinguishesRefusals(link.protocol))
    return null;
  return { protocol: link.protocol, code: link.code, text: link.text };
}
