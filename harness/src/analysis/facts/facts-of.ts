/**
 * The history of one function as facts of the theory. Only links say of every connection which environment opened it, so there are no facts
 * of a run without links.
 */
import { onAxis } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import type { Facts, InvocationFacts, ProcessFacts } from "../../theory/facts/facts.ts";
import { notUntil, seenAt } from "../../theory/facts/sighting.ts";
import { ARRIVES } from "../../theory/model/lags.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import type { LinkConnection, ObservedBoot, ObservedInvocation } from "../timeline/environment.ts";
import { connectionFacts } from "./connection-facts.ts";

export interface ReadingOfRun {
  /** Whether a refusal of the request to connect means that the machine was down, and not that it was full. */
  readonly refusalMeansDown: boolean;
  readonly failed: (invocation: ObservedInvocation) => boolean;
}

export function factsOf(history: FunctionHistory, { refusalMeansDown, failed }: ReadingOfRun): Facts | null {
  const { links, environments, peer, evidenceEnd: end } = history;
  if (links === null || end === null) return null;
  const boots = environments.flatMap((environment) => environment.boots);
  const bootOf = (link: LinkConnection): ObservedBoot | undefined =>
    link.attempt?.boot ??
    boots.find(({ environment, number }) => environment.id === link.environment && number === link.boot);
  const all = [...links.values()].flat().flatMap((link) => {
    const boot = bootOf(link);
    return boot === undefined ? [] : [{ link, boot }];
  });
  const places = all
    .flatMap(({ link }) => onAxis(link.attempt?.peer?.acceptedAt) ?? [])
    .sort((one, other) => one - other);
  const logged = peer !== null && peer.missingLines === 0;
  return {
    processes: boots.map((boot) =>
      processFacts(
        boot,
        all.filter((one) => one.boot === boot).map(({ link }) => link),
        history.linksWhole,
      ),
    ),
    invocations: [...history.invocations].flatMap((one) =>
      invocationFacts(one, { end, failed: failed(one) }),
    ),
    connections: all.map(({ link, boot }) =>
      connectionFacts(link, {
        ...{ owner: idOf(boot), over: overOf(boot), logged, places, end },
        down: refusalMeansDown && link.failedAt !== null,
      }),
    ),
    hidden: [],
    concurrent: (history.reservedConcurrency ?? 1) > 1,
    begin: Math.min(end, ...boots.map(({ from }) => from)),
    end,
  };
}

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

function processFacts(boot: ObservedBoot, links: readonly LinkConnection[], complete: boolean): ProcessFacts {
  const { environment, number, from } = boot;
  const initEnd = number === 1 ? (environment.init?.end ?? null) : null;
  const over = overOf(boot);
  const closings = links.flatMap(
    ({ environmentEndedAt, silencedAt }) => environmentEndedAt ?? silencedAt ?? [],
  );
  return {
    ...{ id: idOf(boot), environment: environment.id, boot: number },
    // An attempt that reached no link, such as a wait for a lease, is no connection.
    attemptsComplete: complete && boot.attempts.every(({ link }) => link !== null),
    began: seenAt(Math.min(from, ...links.map(({ openedAt }) => openedAt))),
    initEnded: initEnd === null ? notUntil(from - 1) : seenAt(initEnd),
    ended:
      over === null
        ? notUntil(environment.lastLine)
        : seenAt(Math.min(over, ...closings), Math.max(over, ...closings) + ARRIVES.neverBeyond),
    endedSilently:
      environment.ending === "vanished" ? "unknown" : links.some(({ silencedAt }) => silencedAt !== null),
  };
}
