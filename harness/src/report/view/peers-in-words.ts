import type { FunctionResult } from "../../result/function-result.ts";
import { placesInWords } from "./places-in-words.ts";
import { count, VERDICT_WORD } from "../wording/fixed-words.ts";

/** Empty if the function has at most one peer. */
export function peersInWords({
  peers = [],
  reservedConcurrency,
}: Pick<FunctionResult, "peers" | "reservedConcurrency">): readonly string[] {
  return peers.map((peer) => {
    const { name, address, protocol, verdict, reasons, exposure, harm } = peer;
    const where = [address, protocol].filter((part) => part !== null).join(", ");
    const why = reasons.length === 0 ? "" : ` (${reasons.join(", ")})`;
    const figures = `${count(exposure, "exposure")}, ${count(harm, "invocation")} harmed`;
    const first = `Peer ${name}${where === "" ? "" : ` (${where})`}: ${VERDICT_WORD[verdict]}${why}, ${figures}.`;
    return [first, ...placesInWords({ places: peer, reservedConcurrency })].join(" ");
  });
}
