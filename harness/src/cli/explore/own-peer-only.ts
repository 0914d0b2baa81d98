/** `explore` and `replay` connect a function to peers of longrun's own, never to the user's server. */
import type { LinkPlace } from "../../words/link-place.ts";
import { writeAddress } from "../../catalogue/connection-strings/connection-string.ts";
import {
  configuredAddress,
  variableNamed,
  type Variables,
} from "../../catalogue/connection-strings/configured-address.ts";
import { schemeOf } from "../../catalogue/connection-strings/url.ts";
import { protocolTitle } from "../../catalogue/protocols/all-protocols.ts";
import { wrap } from "../../report/text/wrap.ts";
import type { Problem } from "../../settings/problem.ts";
import type { Machine } from "../machine.ts";

interface FoundPeer {
  readonly place: LinkPlace;
}

/** Tells the user which given addresses are not used. */
export function sayUnusedAddresses(
  { stderr }: Pick<Machine, "stderr">,
  { peers, environment }: { readonly peers: readonly FoundPeer[]; readonly environment: Variables },
): void {
  for (const sentence of unusedAddresses(peers, environment))
    stderr.write(`${wrap(`${sentence}.`, { columns: stderr.columns }).join("\n")}\n`);
}

function unusedAddresses(peers: readonly FoundPeer[], variables: Variables): readonly string[] {
  return peers.flatMap(({ place }) => {
    const address = configuredAddress(place, variables);
    if (address === null || "problem" in address) return [];
    const where = writeAddress(address);
    return [
      "name" in place
        ? `inside each environment, ${where} is the address of a peer of longrun's own: the server with this name is not reached. ${ELSEWHERE}`
        : `${variablesOf(place)} the address of a peer of longrun's own in each environment: ${where} is not reached. ${ELSEWHERE}`,
    ];
  });
}

/** Refuses URLs of servers whose protocol longrun's own peer does not speak. */
export function foreignServers(peers: readonly FoundPeer[], variables: Variables): readonly Problem[] {
  return peers.flatMap(({ place }) => {
    if (!("variable" in place)) return [];
    const title = titleOf(schemeOf(variableNamed(variables, place.variable) ?? ""));
    return title === null
      ? []
      : [
          {
            where: `--link ${place.variable}`,
            text: `it names a ${title} server, but this command connects the function to a peer of longrun's own, which does not speak ${title}. ${ELSEWHERE}`,
          },
        ];
  });
}

const ELSEWHERE = "longrun soak uses your own server";

function variablesOf(place: Exclude<LinkPlace, { readonly name: string }>): string {
  return "variable" in place
    ? `${place.variable} has`
    : `${place.hostVariable} and ${place.portVariable} have`;
}

/** The scheme may be with or without TLS (`mqtts`). Null if the catalogue has no such protocol. */
function titleOf(scheme: string | null): string | null {
  const [base] = (scheme ?? "").split(/[+:]/);
  if (base === undefined || base === "") return null;
  return protocolTitle(base) ?? (base.endsWith("s") ? protocolTitle(base.slice(0, -1)) : null);
}
