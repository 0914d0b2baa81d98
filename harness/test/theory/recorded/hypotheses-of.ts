/**
 * The hypotheses of a recorded run: its facts with each manner that its server can have. The manner of our own peer is known. An unknown
 * machine can have any of those that real devices were seen to have.
 */
import type { FunctionHistory } from "../../../src/analysis/correlate/function-history.ts";
import type { LinkConnection } from "../../../src/analysis/timeline/environment.ts";
import { BACKLOG_LENGTH } from "../../../src/peer/admission-rules.ts";
import type { Hypothesis } from "../../../src/theory/model/hypothesis.ts";
import { usedLags } from "../../../src/theory/model/lags.ts";
import type { Manner, Server } from "../../../src/theory/model/server.ts";
import type { Admission } from "../../../src/words/admission.ts";
import { factsOf, type ReadingOfRun } from "./facts-of.ts";
import { RUNS } from "./lags.ts";

const CLOSES: Manner = {
  ...({ stage: "accept", queue: 0, full: "closes", ordered: true, greets: false } as const),
  ...{ counted: false, endsClients: true },
};

const UNKNOWN_MACHINE: readonly Manner[] = [
  CLOSES,
  { ...CLOSES, full: "says-no" },
  { ...CLOSES, greets: true },
  { ...CLOSES, queue: Infinity },
  { ...CLOSES, stage: "connect" },
  { ...CLOSES, stage: "speech" },
  { ...CLOSES, full: "evicts-oldest" },
];

/** Our peer lets a client that is one too many say who it is before it decides. */
const OWN_PEER: Manner = { ...CLOSES, full: "says-no", ordered: false };
const OF_ADMISSION: Readonly<Record<Admission, Manner>> = {
  refuse: OWN_PEER,
  backlog: { ...OWN_PEER, queue: BACKLOG_LENGTH, ordered: true },
  evict: { ...OWN_PEER, full: "evicts-oldest" },
};

/** `admission`: of our own peer; null for another machine. Empty if the evidence or the number of places does not allow a hypothesis. */
export function hypothesesOf(
  history: FunctionHistory,
  admission: Admission | null,
  reading: Omit<ReadingOfRun, "refusalMeansDown">,
): readonly Hypothesis[] {
  const { places } = history.capacity;
  if (places === null) return [];
  const servers = admission === null ? machines(places) : [ownPeerOf(history, admission, places)];
  return servers.flatMap((server) => {
    const facts = factsOf(history, { ...reading, refusalMeansDown: server.manner.stage !== "connect" });
    return facts === null ? [] : [{ facts, server }];
  });
}

const machines = (places: number): Server[] =>
  UNKNOWN_MACHINE.map((manner) => ({ scopes: [places], manner, lags: usedLags() }));

/** Our peer ends a client only for a step of the plan, or because the client fell silent; then at any time. Its log has a line about it. */
function ownPeerOf(
  { links, holds, peer: log }: FunctionHistory,
  admission: Admission,
  places: number,
): Server {
  const silent = [...(links ?? new Map<string, LinkConnection[]>()).values()].flat().some((link) => {
    const isOpen = log?.missingLines === 0 && link.attempt?.peer?.endedAt === null;
    return link.silencedAt !== null && !isOpen;
  });
  const ended = holds.some(({ link, peer }) => link?.by === "peer" && peer?.ending !== "evicted");
  return ownPeer(admission, { places, endsClients: silent || ended });
}

export function ownPeer(
  admission: Admission,
  { places, endsClients }: { readonly places: number; readonly endsClients: boolean },
): Server {
  const busy = RUNS.neverBeyond;
  return {
    scopes: [places],
    manner: { ...OF_ADMISSION[admission], endsClients },
    lags: { looks: busy, takes: busy, closes: busy, speaks: busy, frees: busy, serves: 0 },
  };
}
