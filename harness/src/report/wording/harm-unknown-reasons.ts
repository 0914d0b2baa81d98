/** Clauses that say why it is unknown whether an invocation was harmed. */
import type { HarmUnknownParameters } from "../../result/findings/harm-unknown.ts";
import { CONNECTION_ERROR_WORDS, count } from "./fixed-words.ts";
import { HOLDER_UNKNOWN_REASONS } from "./holder-unknown-reasons.ts";
import { inWords, type Clauses } from "./wording.ts";

export const HARM_UNKNOWN_REASONS: Clauses<HarmUnknownParameters> = {
  "start-missing": "the START line is missing",
  "end-missing": "the end of the invocation is not in the evidence",
  "outcome-unknown": "its connection was evicted, and the log does not show whether the invocation failed",
  "lines-missing": "lines of the process are missing",
  "no-line": "no line of the process shows what the invocation did",
  "nothing-shows": "nothing in the evidence shows whether the invocation tried to reach the peer",
  "connection-failed": ({ error }) =>
    `the invocation's own error ${CONNECTION_ERROR_WORDS[error]}, and nothing in the evidence shows who was connected then`,
  "answer-or-refusal":
    "the peer answered, and nothing distinguishes a good answer from a refusal (--success says what a good answer is; for a server that longrun knows, --protocol or --peer-log shows whether the answer was good)",
  "answer-encrypted": ({ by }) =>
    `the connection was encrypted (${by}), which hides whether the peer served the client or refused it (--success says what a good answer is; or give the server's own log by --peer-log${by === "TLS" ? "; if TLS hides which protocol the server has, --protocol NAME may let more be read" : ""})`,
  "answered-too-late":
    "the peer answered only after the invocation had failed: perhaps the connection waited for the place of another environment's connection, perhaps the peer had served it all the time and was slow (the server's own log, by --peer-log, shows when it took the connection)",
  "timed-out-silently": "the invocation timed out, and nothing shows whether it was waiting for the peer",
  "connections-ambiguous":
    "the peer's log has connections that may belong to this invocation or to another one, because the clocks do not show their order",
  "peer-clock-fits-nowhere":
    "no difference of the clocks within the tolerance (--clock-tolerance) makes the peer's log match the invocations",
  "kept-connection-untold":
    "it is not known whether the connection kept from an earlier invocation was still open",
  "later-connection-possible":
    "the invocation may later have got a connection that the peer's log does not show, because the log's connection numbers do not count one by one, or lines of the log are missing",
  "later-attempt-possible":
    "its process had been turned away before the invocation began, and the invocation may have tried again: the peer's log shows that, during the invocation, the peer was down, or that a client without a name came and got no answer about a limit (lifecycle lines show the invocation's own attempts)",
  "refusal-unconfirmed": "neither the peer's log nor the link shows that the peer turned the invocation away",
  "nothing-listened-meanwhile":
    "nothing listened at the peer while another connection to it was open, so the peer may have had no place, or it was about to stop",
  "attempt-evicted": "the attempt was evicted before the peer answered it",
  "evicted-then-untold":
    "the connection was evicted, and it is not known whether the invocation got another one",
  "evictor-without-log": "the connection was evicted, and no peer log shows which client took its place",
  "evictor-unnamed":
    "the connection was evicted, and the peer's log does not name the client that took its place",
  "evictor-not-shown":
    "the connection was evicted, and the peer's log does not show which client was served next",
  "turned-away-by-nobody": "the invocation was turned away although no connection is known to have been open",
  "second-connection-refused":
    "the invocation had a connection, a second one was refused, and the log does not show whether the invocation failed",
  "limit-unknown":
    "the peer turned the invocation away, and it is not known how many connections the peer serves at one time (--capacity)",
  "log-ends-soon":
    "the peer turned the invocation away at a limit that counts a connection of another environment, and the log ends too soon afterwards to show that this environment was idle (--settle)",
  "counted-work-unknown":
    "the peer turned the invocation away at a limit that counts a connection of another environment, and it is not known whether this environment was at work",
  "places-not-held": ({ held, places }) =>
    `the peer turned the invocation away, although only ${held} of its ${count(places, "place")} ${held === 1 ? "is" : "are"} known to have been held`,
  "more-held-than-places": ({ held, places }) =>
    `according to the evidence, ${held} connections were open at a peer with ${count(places, "place")}, so lines about their ends are missing`,
  "work-unknown": ({ places }) =>
    places === 1
      ? "the peer's only place was held, and it is not known whether its holder was at work"
      : `all ${count(places, "place")} of the peer were held, and for at least one holder it is not known whether it was at work`,
  "holder-unknown": ({ why }, naming) =>
    `the invocation was turned away, and the holder of the peer is unknown because ${inWords(HOLDER_UNKNOWN_REASONS, why, naming)}`,
};
