/** Why it is not known whether an invocation was harmed, as a clause whose subject is the invocation. */
import type { HarmUnknownParameters } from "../../domain/findings/harm-unknown.ts";
import { HOLDER_UNKNOWN_REASONS } from "./holder-unknown-reasons.ts";
import { inWords, type Wording } from "./wording.ts";

export const HARM_UNKNOWN_REASONS: Wording<HarmUnknownParameters> = {
  "start-missing": () => "its START is missing",
  "end-missing": () => "its end is not in the evidence",
  "lines-missing": () => "lines of its process are missing",
  "no-line": () => "no line of its process shows what it did",
  "nothing-shows": () => "nothing shows whether it tried to reach the peer",
  "answer-or-refusal": () =>
    "the peer answered, and nothing tells an answer from a refusal (--success says what a good one is)",
  "timed-out-silently": () => "it timed out, and nothing shows whether it was waiting for the peer",
  "connections-ambiguous": () =>
    "the peer's log has connections that may have been its own or another invocation's, as far as the clocks tell",
  "peer-clock-fits-nowhere": () =>
    "no shift of the peer's clock within the tolerance puts what it logged into the invocations (--clock-tolerance)",
  "kept-connection-untold": () => "it is not known whether its connection from before was still open",
  "later-connection-possible": () =>
    "it may have got a connection later that the peer's log does not show: its connection numbers do not count without a hole, or lines of it are missing",
  "refusal-unconfirmed": () => "neither the peer's log nor the link shows that the peer turned it away",
  "attempt-evicted": () => "its attempt was evicted before it was answered",
  "evicted-then-untold": () => "its connection was evicted, and it is not known whether it got another",
  "evictor-without-log": () => "its connection was evicted, and no peer log says by whom",
  "evictor-unnamed": () =>
    "its connection was evicted, and the peer's log does not name by which environment",
  "evictor-not-shown": () => "its connection was evicted, and the peer's log does not say by whom",
  "turned-away-by-nobody": () => "it was turned away although no connection is known to have been open",
  "holder-unknown": ({ why }, naming) =>
    `it was turned away, and it is not known who held the peer: ${inWords(HOLDER_UNKNOWN_REASONS, why, naming)}`,
};
