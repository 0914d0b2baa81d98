import type {
  CloseUnderWay,
  ConnectionEndUnknownParameters,
  ConnectionsUnknownParameters,
  DisciplineFindings,
  InitConnectionsUnknownParameters,
} from "../../result/findings/discipline-findings.ts";
import { count, OPENED_WORDS } from "./fixed-words.ts";
import { serverName } from "./server-name.ts";
import { A, B, inWords, type Clauses, type Wording } from "./wording.ts";

/** Clauses about an environment. The sentence has named the environment before, so that the clauses say `its Init` and the like. */
const REASONS: Clauses<
  ConnectionsUnknownParameters & InitConnectionsUnknownParameters & ConnectionEndUnknownParameters
> = {
  "connections-not-shown": "nothing shows all of its connections",
  "connections-not-counted":
    "the peer's log numbers its connections with gaps, so a missing line proves nothing (numbers that count one by one, or lifecycle lines, would show all connections)",
  "no-boot": "its log stream shows no boot",
  "init-before-evidence": (_none, { ofLogs }) =>
    ofLogs ? "its Init is older than the evidence (widen --since)" : "its Init is older than the run",
  "init-end-missing": "the end of its Init is not in the evidence",
  "boot-line-missing": "its boot line is missing",
  "connection-end-missing": "the end of one of its connections is not in the evidence",
  "disconnects-not-written":
    "the end of one of its connections is not in the evidence, and nothing shows that the function writes a disconnect line when it closes one",
};

function peakSentence({
  environments,
  perEnvironment,
}: {
  readonly environments: number;
  readonly perEnvironment: number;
}): string {
  const need = environments * perEnvironment;
  return `${count(environments, "environment")} alive at one time, with up to ${count(perEnvironment, "connection")} each, ${environments === 1 ? "needs" : "need"} ${count(need, "place")}`;
}

function howItMissed({ missedByMs, afterThawMs, awaitedFin }: CloseUnderWay): string {
  if (missedByMs === null || afterThawMs === null)
    return `its goodbye had been sent, but ${awaitedFin === undefined ? "nothing shows when" : "its FIN had not"}`;
  return `its ${awaitedFin === undefined ? "goodbye" : "FIN"} left too late, ${missedByMs} ms after the end of the invocation and ${afterThawMs} ms after the environment ran again`;
}

function whatToAwait({ awaitedFin }: CloseUnderWay): string {
  if (awaitedFin === undefined) return "await the call of end, quit or disconnect (docs/fix.md).";
  return `await the call of close, then the close event of the connection's socket (docs/fix.md). ${serverName(awaitedFin)} answers the goodbye, but keeps the connection until the FIN comes.`;
}

export const DISCIPLINE_SENTENCES: Wording<DisciplineFindings> = {
  "opened-in-init": [
    ({ environment, accepted }, naming) =>
      `Environment ${naming.environment(environment)} ${accepted ? "opened" : "tried to open"} a connection in its Init phase.`,
    { environment: A, accepted: true },
    { environment: A, accepted: false },
  ],
  "left-from-init": [
    ({ environment, accepted }, naming) =>
      `Environment ${naming.environment(environment)} ${accepted ? "opened" : "tried to open"} a connection after its Init phase had ended, while no invocation ran: code that runs in the Init connects and does not wait for the connection.`,
    { environment: A, accepted: true },
    { environment: A, accepted: false },
  ],
  "opened-in-init-unknown": [
    ({ environment, why }, naming) =>
      `It is not known whether environment ${naming.environment(environment)} opened a connection in its Init phase: ${inWords(REASONS, why, naming)}.`,
    { environment: A, why: { code: "no-boot", parameters: {} } },
    { environment: A, why: { code: "init-before-evidence", parameters: {} } },
    { environment: A, why: { code: "init-end-missing", parameters: {} } },
    { environment: A, why: { code: "boot-line-missing", parameters: {} } },
  ],
  "none-opened-in-init": "No connection was opened in an Init phase.",
  "held-across-freeze": [
    ({ environment, openedIn, closing }, naming) => {
      const connection = `a connection${openedIn === null ? "" : ` ${OPENED_WORDS[openedIn]}`}`;
      return closing === undefined
        ? `Environment ${naming.environment(environment)} was frozen while ${connection} was still open.`
        : `Environment ${naming.environment(environment)} was frozen while it was closing ${connection}: ${howItMissed(closing)}. The handler must finish closing the connection before it returns: ${whatToAwait(closing)}`;
    },
    { environment: A, openedIn: "invoke", closing: { missedByMs: 1204, afterThawMs: 3 } },
    { environment: A, openedIn: "init" },
    { environment: A, openedIn: "after-init" },
    { environment: A, openedIn: null },
    { environment: A, openedIn: "invoke", closing: { missedByMs: null, afterThawMs: null } },
    {
      environment: A,
      openedIn: "invoke",
      closing: { missedByMs: 902, afterThawMs: 11, awaitedFin: "amqp" },
    },
    {
      environment: A,
      openedIn: "invoke",
      closing: { missedByMs: null, afterThawMs: null, awaitedFin: "amqp" },
    },
  ],
  "held-across-freeze-unknown": [
    ({ environment, why }, naming) =>
      `It is not known whether environment ${naming.environment(environment)} held a connection across a freeze: ${inWords(REASONS, why, naming)}.`,
    { environment: A, why: { code: "connections-not-shown", parameters: {} } },
    { environment: A, why: { code: "connections-not-counted", parameters: {} } },
    { environment: A, why: { code: "connection-end-missing", parameters: {} } },
    { environment: A, why: { code: "disconnects-not-written", parameters: {} } },
  ],
  "none-held-across-freeze": "Every connection was closed before its environment was frozen.",
  "open-at-shutdown": [
    ({ environment }, naming) =>
      `Environment ${naming.environment(environment)} ended with a connection still open.`,
    { environment: A },
  ],
  "open-at-shutdown-unknown": [
    ({ environment }, naming) =>
      `It is not known whether environment ${naming.environment(environment)} closed its connection before it ended.`,
    { environment: A },
  ],
  "none-open-at-shutdown": "No connection was left open at the end of an environment.",
  "place-not-yet-free": [
    ({ closer, refused, withinMs }, naming) =>
      `Environment ${naming.environment(refused)} was refused less than ${withinMs} ms after environment ${naming.environment(closer)} had closed its connection. Environment ${naming.environment(closer)} did not wait until the server had closed its side too. The place is free only after that.`,
    { closer: A, refused: B, withinMs: 50 },
  ],
  "none-refused-too-early":
    "No refusal was caused by a connection that was just closed and whose place the server had not yet freed.",
  "peak-above-capacity": [
    (peak) => `${peakSentence(peak)}, more than the ${count(peak.places, "place")} of the peer.`,
    { environments: 5, perEnvironment: 4, places: 10 },
    { environments: 3, perEnvironment: 1, places: 2 },
  ],
  "peak-within-capacity": [
    (peak) => `${peakSentence(peak)}, and the peer has ${peak.places}.`,
    { environments: 2, perEnvironment: 4, places: 10 },
    { environments: 1, perEnvironment: 1, places: 1 },
  ],
  "peak-unknown": [
    (peak) =>
      peak.places === null
        ? `${peakSentence(peak)}, and it is not known how many places the peer has (--capacity).`
        : `${peakSentence(peak)} if the environments and connections whose end is unknown had not ended, and the peer has only ${peak.places}.`,
    { environments: 2, perEnvironment: 4, places: null },
    { environments: 3, perEnvironment: 4, places: 10 },
  ],
  "no-environment": "There is no environment in the evidence.",
};
