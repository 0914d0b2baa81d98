/**
 * The history of one function as facts of the theory. Only links say of every connection which environment opened it, so there are no facts
 * of a run without links.
 */
import type { FunctionHistory } from "../../../src/analysis/correlate/function-history.ts";
import type {
  LinkConnection,
  ObservedBoot,
  ObservedInvocation,
  ObservedPeerConnection,
} from "../../../src/analysis/timeline/environment.ts";
import { onAxis } from "../../../src/base/clocks.ts";
import type { EpochMs } from "../../../src/base/time.ts";
import type { Facts, InvocationFacts, ProcessFacts } from "../../../src/theory/facts/facts.ts";
import { notUntil, seenAt } from "../../../src/theory/facts/sighting.ts";
import { connectionFacts } from "./connection-facts.ts";
import { ARRIVES } from "./lags.ts";
import type { SeenEnd } from "./seen-ends.ts";

export interface ReadingOfRun {
  /** Whether a refusal of the request to connect means that the machine was down, and not that it was full. */
  readonly refusalMeansDown: boolean;
  readonly failed: (invocation: ObservedInvocation) => boolean;
  readonly ends: ReadonlyMap<number, SeenEnd>;
}

/** A connection with what the sources say about it. */
interface Joined {
  readonly link: LinkConnection;
  readonly boot: ObservedBoot;
  readonly peer: ObservedPeerConnection | null;
  readonly seenEnd: SeenEnd | null;
}

export function factsOf(
  history: FunctionHistory,
  { refusalMeansDown, failed, ends }: ReadingOfRun,
): Facts | null {
  const { links, environments, peer, evidenceEnd: end } = history;
  if (links === null || end === null) return null;
  const boots = environments.flatMap((environment) => environment.boots);
  const all = [...links.values()].flat().flatMap((link): Joined[] => {
    const isOwner = ({ environment, number }: ObservedBoot): boolean =>
      environment.id === link.environment && number === link.boot;
    const boot = link.attempt?.boot ?? boots.find(isOwner);
    const seenEnd = ends.get(link.number) ?? null;
    return boot === undefined ? [] : [{ link, boot, seenEnd, peer: inLog(link, history, end) }];
  });
  const logged = peer !== null && peer.missingLines === 0;
  const places = all.flatMap((one) => onAxis(one.peer?.acceptedAt) ?? []).sort((one, other) => one - other);
  return {
    processes: boots.map((boot) =>
      processFacts(
        boot,
        all.filter((one) => one.boot === boot),
        history.linksWhole,
      ),
    ),
    invocations: [...history.invocations].flatMap((one) =>
      invocationFacts(one, { end, failed: failed(one) }),
    ),
    connections: all.map(({ link, boot, ...joined }) =>
      connectionFacts(link, {
        ...{ ...joined, owner: idOf(boot), over: overOf(boot), logged, places, end },
        down: refusalMeansDown && link.failedAt !== null,
      }),
    ),
    hidden: [],
    concurrent: (history.reservedConcurrency ?? 1) > 1,
    begin: Math.min(end, ...boots.map(({ from }) => from)),
    end,
  };
}

/** The judge of today joins no client that still waits at the end. */
const inLog = (
  link: LinkConnection,
  { peer }: FunctionHistory,
  end: EpochMs,
): ObservedPeerConnection | null =>
  link.attempt?.peer ??
  peer?.connections.find(({ remote, firstAt }) => {
    const at = onAxis(firstAt);
    const isSame = remote !== null && remote === link.upstreamLocal;
    return isSame && at >= link.openedAt && at <= (link.closedAt ?? end);
  }) ??
  null;

const idOf = ({ environment, number }: ObservedBoot): string => `${environment.id}#${number}`;

const overOf = ({ environment, to }: ObservedBoot): EpochMs | null => to ?? environment.end;

function invocationFacts(
  { requestId, boot, start, end: ended }: ObservedInvocation,
  { end, failed }: { readonly end: EpochMs; readonly failed: boolean },
): InvocationFacts[] {
  if (start === null) return [];
  return [
    {
      ...{ id: requestId, process: idOf(boot), failed },
      // The Init of a process that replaces another one runs after START.
      began: seenAt(start, boot.from > start ? (ended ?? end) : start),
      ended: ended === null ? notUntil(start - 1) : seenAt(ended),
    },
  ];
}

function processFacts(boot: ObservedBoot, links: readonly Joined[], complete: boolean): ProcessFacts {
  const { environment, number, from } = boot;
  const initEnd = number === 1 ? (environment.init?.end ?? null) : null;
  const over = overOf(boot);
  const closings = links.flatMap(({ link: { silencedAt }, seenEnd }) =>
    seenEnd?.by === "environment-end" ? seenEnd.at : (silencedAt ?? []),
  );
  return {
    ...{ id: idOf(boot), environment: environment.id, boot: number },
    // An attempt that reached no link, such as a wait for a lease, is no connection.
    attemptsComplete: complete && boot.attempts.every(({ link }) => link !== null),
    began: seenAt(Math.min(from, ...links.map(({ link }) => link.openedAt))),
    initEnded: initEnd === null ? notUntil(from - 1) : seenAt(initEnd),
    ended:
      over === null
        ? notUntil(environment.lastLine)
        : seenAt(Math.min(over, ...closings), Math.max(over, ...closings) + ARRIVES.neverBeyond),
    endedSilently:
      environment.ending === "vanished" ? "unknown" : links.some(({ link }) => link.silencedAt !== null),
  };
}
