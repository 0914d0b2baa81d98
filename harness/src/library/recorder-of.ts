/** The recorder of one function of the library, and the peers of the library that the function has. */
import { systemClock } from "../adapters/node/system-clock.ts";
import { toolVersion } from "../adapters/node/tool-version.ts";
import { DEFAULT_CAPACITY } from "../words/capacity.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import { EvidenceRecorder } from "../explore/evidence-recorder.ts";
import type { FunctionParts } from "./function-parts.ts";
import type { PeerUnderTest } from "./peer-face.ts";

export function recorderOf(parts: FunctionParts): EvidenceRecorder {
  const { name, facts, peers } = parts;
  const ours = oursOf(parts);
  const only = peers.get(null);
  const recorder = new EvidenceRecorder(systemClock, {
    label: name,
    functionName: name,
    functionArn: facts.functionArn,
    logGroup: facts.logGroup,
    timeoutMs: facts.timeoutMs,
    runtime: parts.runtime,
    program: parts.program,
    // It is not known how the user's own peer admits connections, so the admission is given only if all peers are ours.
    admission: ours.length === peers.size ? (ours[0]?.peer.admission ?? null) : null,
    capacity: only?.capacity ?? null,
    peers: [...peers].flatMap(([peerName, { host, port, capacity }]) =>
      peerName === null
        ? []
        : [
            {
              ...{ name: peerName, host, port },
              capacity: capacity ?? DEFAULT_CAPACITY,
              capacityGiven: capacity !== undefined,
            },
          ],
    ),
    strangers: parts.strangers,
    isolation: parts.isolation,
    toolVersion: toolVersion(),
  });
  for (const { name: peerName, peer } of ours) {
    const [ready] = peer.log();
    if (ready !== undefined && "host" in ready) recorder.peerReady(ready, peerName);
  }
  return recorder;
}

interface OurPeer {
  readonly name: string | null;
  readonly peer: PeerUnderTest;
}

/** The peers of `startPeer`, whose logs count as evidence. */
export function oursOf({ peers }: FunctionParts): readonly OurPeer[] {
  return [...peers].flatMap(([name, peer]) => ("log" in peer ? [{ name, peer }] : []));
}

export function recordsOf({ name, peer }: OurPeer): readonly PeerLogRecord[] {
  const own = name === null ? {} : { peer: name };
  return peer.log().flatMap((record) => ("host" in record ? [] : [{ ...record, ...own }]));
}
