/** Makes the result of a function with several peers from one result for each peer. The verdict is the worst of the verdicts for the peers. */
import { compareTexts } from "../../base/compare-texts.ts";
import { invariant } from "../../base/invariant.ts";
import type { JudgedFinding, JudgedFunction, JudgedWindow } from "../../result/judgement.ts";
import type { InvocationResult } from "../../result/environment-result.ts";
import type { ThresholdResult } from "../../result/function-result.ts";
import type { PeerResult } from "../../result/peer-result.ts";
import { REASONS } from "../../result/result-words.ts";
import { worstVerdict } from "../../words/verdict.ts";
import { meets } from "./assess-function.ts";
import { checkThresholds } from "./check-thresholds.ts";
import { CAUSES, explains, type Cause } from "./name-cause.ts";

export interface OfOnePeer {
  /** The address is null if only the peer's log is known. */
  readonly peer: Pick<PeerResult, "name" | "address">;
  /** Null if the links recognised no protocol. */
  readonly protocol: string | null;
  readonly judged: JudgedFunction;
}

export function worstOfPeers(all: readonly OfOnePeer[]): JudgedFunction {
  const invocationList = mergedInvocations(all);
  const explained = invocationList.every(
    ({ outcome, cause }) => outcome === "succeeded" || explains(asCause(cause)),
  );
  const settled = all.map((one) => (explained ? withoutUnexplained(one) : one));
  const worstOfAll = worstVerdict(settled.map(({ judged }) => judged.verdict));
  const worst = settled.filter(({ judged }) => judged.verdict === worstOfAll);
  const [first] = worst;
  invariant(first !== undefined, "a function with several peers has a judged peer");
  const { expected } = first.judged;
  const windows = mergedWindows(settled);
  // A pass needs an exposure for each peer. So the function's exposures are those of the peer with the fewest.
  const [{ exposure }] = settled
    .map(({ judged }) => judged)
    .sort((a, b) => a.exposure.total - b.exposure.total) as [JudgedFunction];
  const exchangedAfter = settled.every(({ judged }) => judged.exposure.exchangedAfter === true);
  const numbers = {
    exposure: { ...exposure, ...(exposure.total === 0 ? {} : { exchangedAfter }) },
    harm: {
      total: invocationList.filter(({ harmed }) => harmed).length,
      delayed: invocationList.filter(({ delayed }) => delayed).length,
      windowsMs: windows.map(({ durationMs }) => durationMs),
      windows,
    },
    ...mergedTakeovers(settled),
  };
  const thresholds = mergedThresholds(settled, { ...first.judged, ...numbers });
  const broken = thresholds.some(({ holds }) => holds === false);
  const verdict = broken ? "fail" : worstOfAll;
  const reasons = REASONS.filter(
    (reason) =>
      (reason === "threshold" && broken) ||
      (verdict === worstOfAll && worst.some(({ judged }) => judged.reasons.includes(reason))),
  );
  return {
    ...withoutPlaces(first.judged),
    verdict,
    reasons,
    expectationMet: expected === null ? null : meets(expected, verdict, reasons),
    peers: settled.map(describePeer),
    ...numbers,
    thresholds,
    environments: mergedEnvironments(settled, first.judged),
    invocationList,
    findings: mergedFindings(settled),
  };
}

/** Removes `places`, because each peer has its own. */
function withoutPlaces(judged: JudgedFunction): JudgedFunction {
  const copy: Omit<JudgedFunction, "places"> & { places?: NonNullable<JudgedFunction["places"]> } = {
    ...judged,
  };
  delete copy.places;
  return copy;
}

/** Removes the reason `unexplained-failure`, because another peer explains the failures. If no reason is left, `inconclusive` becomes `pass`. */
function withoutUnexplained(one: OfOnePeer): OfOnePeer {
  const { judged } = one;
  const reasons = judged.reasons.filter((reason) => reason !== "unexplained-failure");
  const verdict = judged.verdict === "inconclusive" && reasons.length === 0 ? "pass" : judged.verdict;
  return { ...one, judged: { ...judged, verdict, reasons } };
}

function mergedInvocations(all: readonly OfOnePeer[]): InvocationResult[] {
  const others = all
    .slice(1)
    .map(({ judged }) => new Map(Array.from(judged.invocationList, (one) => [keyOf(one), one])));
  return Array.from(all[0]?.judged.invocationList ?? [], (first) => {
    const same = [first, ...others.flatMap((byKey) => byKey.get(keyOf(first)) ?? [])];
    const causing =
      same.find(({ harmed }) => harmed) ??
      same.find(({ cause }) => explains(asCause(cause))) ??
      same.find(({ cause }) => cause !== null) ??
      first;
    return {
      ...causing,
      harmed: same.some(({ harmed }) => harmed),
      delayed: same.some(({ delayed }) => delayed),
    };
  });
}

function keyOf({ n, requestId, from }: InvocationResult): string {
  return `${n} ${requestId} ${from}`;
}

function asCause(cause: string | null): Cause | null {
  return CAUSES.find((one) => one === cause) ?? null;
}

function mergedWindows(all: readonly OfOnePeer[]): JudgedWindow[] {
  return all
    .flatMap(({ peer, judged }) => judged.harm.windows.map((window) => ({ ...window, peer: peer.name })))
    .sort((a, b) => compareTexts(a.from, b.from));
}

function mergedTakeovers(all: readonly OfOnePeer[]): Pick<JudgedFunction, "takenOver"> {
  const each = all.flatMap(({ judged }) => judged.takenOver ?? []);
  const sum = (name: "total" | "inTurn" | "delayed"): number =>
    each.reduce((total, one) => total + one[name], 0);
  return {
    takenOver: {
      total: sum("total"),
      inTurn: sum("inTurn"),
      delayed: sum("delayed"),
      longestWaitMs: Math.max(0, ...each.map(({ longestWaitMs }) => longestWaitMs)),
      pairs: each.flatMap(({ pairs }) => pairs),
    },
  };
}

/**
 * A threshold is broken if one peer or a number of the whole function breaks it, else unknown if it is unknown for one of them. Some numbers
 * of the function are sums over its peers.
 */
function mergedThresholds(
  all: readonly OfOnePeer[],
  numbers: Parameters<typeof checkThresholds>[1],
): readonly ThresholdResult[] {
  const ofPeers = all.map(({ judged }) => judged.thresholds);
  return (ofPeers[0] ?? []).flatMap(({ expression }, index) => {
    const same = ofPeers.flatMap((list) => list[index] ?? []);
    const known = same.every(({ holds }) => holds !== null);
    return checkThresholds([expression], numbers, () => known).map(
      (own) =>
        [own, ...same].find(({ holds }) => holds === false) ??
        [own, ...same].find(({ holds }) => holds === null) ??
        own,
    );
  });
}

function mergedEnvironments(
  all: readonly OfOnePeer[],
  { environments }: JudgedFunction,
): JudgedFunction["environments"] {
  const byId = all.map(({ peer, judged }) => ({
    peer,
    byId: new Map(Array.from(judged.environments, (one) => [one.id, one])),
  }));
  return Array.from(environments, (environment) => ({
    ...environment,
    connections: byId
      .flatMap(({ peer, byId: own }) =>
        (own.get(environment.id)?.connections ?? []).map((connection) => ({
          ...connection,
          peer: peer.name,
        })),
      )
      .sort((a, b) => compareTexts(begunAt(a), begunAt(b))),
  }));
}

/** Connections whose beginning is unknown come first. */
function begunAt({ from }: { readonly from: string | null }): string {
  return from ?? "";
}

/** Returns the findings for all peers, in the order of the checks. */
function mergedFindings(all: readonly OfOnePeer[]): JudgedFinding[] {
  const byPeer = all.map(({ peer, judged }) => ({
    peer,
    findings: judged.findings,
    texts: new Set(judged.findings.map((finding) => JSON.stringify(finding))),
  }));
  const checks = new Set(all.flatMap(({ judged }) => judged.findings.map(({ check }) => check)));
  const merged: JudgedFinding[] = [];
  for (const check of checks)
    for (const [index, { peer, findings }] of byPeer.entries())
      for (const finding of findings) {
        if (finding.check !== check) continue;
        const text = JSON.stringify(finding);
        const everywhere = byPeer.every(({ texts }) => texts.has(text));
        if (!everywhere) merged.push({ ...finding, peer: peer.name });
        else if (index === 0) merged.push(finding);
      }
  return merged;
}

function describePeer({ peer, protocol, judged }: OfOnePeer): PeerResult {
  const { verdict, reasons, exposure, harm, places } = judged;
  return {
    name: peer.name,
    address: peer.address,
    protocol,
    verdict,
    reasons,
    capacity: places?.capacity ?? null,
    peakPlaces: places?.peakPlaces ?? null,
    exposure: exposure.total,
    harm: harm.total,
  };
}
