/** Checks the code and the peers that createFunction gets. Tests in JavaScript have no types that would find a missing or a wrong one. */
import { wrongInput } from "../base/errors.ts";
import type { FunctionOptions } from "./engine-face.ts";
import { checkOptions } from "./known-options.ts";

/** Returns `given`. Throws a LongrunError "usage" that says what was expected. */
export function checkFunctionOptions(given: FunctionOptions): FunctionOptions {
  const { code, peer, peers = {} } = checkOptions("createFunction", given);
  if (typeof code !== "string" || code === "")
    throw wrongInput(
      'code: expected a zip, a folder or a source file, for example createFunction({ code: "src/handler.ts", peer })',
    );
  if (peer !== undefined) checkPeer("peer", peer);
  for (const [name, one] of Object.entries(peers)) checkPeer(`peers.${name}`, one);
  return given;
}

function checkPeer(name: string, peer: unknown): void {
  if (typeof peer === "object" && peer !== null && "host" in peer && "port" in peer)
    if (typeof peer.host === "string" && Number.isInteger(peer.port)) return;
  const hint = peer instanceof Promise ? ", not a promise: await startPeer()" : "";
  throw wrongInput(`${name}: expected a peer of startPeer, or { host, port }${hint}`);
}
