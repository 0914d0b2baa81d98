/** The catalogue of protocols: every one of them, found by its name or by the first bytes of a connection. */
import { longrun } from "./longrun.ts";
import type { Protocol, Said } from "./protocol.ts";
import { raw } from "./raw.ts";

/** In the order in which first bytes are shown to them; `raw` takes what no other one knows. */
export const ALL_PROTOCOLS = [longrun, raw] as const;

/** Those of which the shipped functions have the client's half: what their variable `PEER_PROTOCOL` can be. */
export const CLIENT_PROTOCOLS = [longrun, raw] as const;

export type ProtocolName = (typeof ALL_PROTOCOLS)[number]["name"];

/** By its name or an older name of it. */
export function protocolNamed(name: string): (typeof ALL_PROTOCOLS)[number] | null {
  return (
    ALL_PROTOCOLS.find((one) => one.name === name || one.aliases.some((alias: string) => alias === name)) ??
    null
  );
}

/** Null: too few bytes came. */
export function recognise(said: readonly Said[]): (typeof ALL_PROTOCOLS)[number] | null {
  for (const protocol of ALL_PROTOCOLS satisfies readonly Protocol[]) {
    const known = protocol.recognises(said);
    if (known !== false) return known === null ? null : protocol;
  }
  return raw;
}
