/** Writes a sentence about each of several peers of a function, for every form of the report. */
import type { FunctionResult } from "../../domain/run-result.ts";
import { count, VERDICT_WORD } from "../wording/fixed-words.ts";

/** Returns an empty list if the function has at most one peer. */
export function peersInWords({ peers = [] }: Pick<FunctionResult, "peers">): readonly string[] {
  return peers.map(({ name, address, protocol, verdict, reasons, exposure, harm }) => {
    const where = protocol === null ? address : `${address}, ${protocol}`;
    const why = reasons.length === 0 ? "" : ` (${reasons.join(", ")})`;
    return `Peer ${name} (${where}): ${VERDICT_WORD[verdict]}${why}, ${count(exposure, "exposure")}, ${count(harm, "invocation")} harmed.`;
  });
}
