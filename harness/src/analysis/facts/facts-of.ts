/**
 * The history of one function as facts of the theory. Only a local run has links, and only links say which environment a connection belongs
 * to and whether one is missing; without them there are no facts.
 */
import { spanOnAxis } from "../../base/clocks.ts";
import type { Facts, InvocationFacts, ProcessFacts } from "../../theory/facts/facts.ts";
import { notUntil, seenAt } from "../../theory/facts/sighting.ts";
import { ARRIVES } from "../../theory/model/lags.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import type { LinkConnection, ObservedBoot, ObservedInvocation } from "../timeline/environment.ts";
import { connectionFacts } from "./connection-facts.ts";

/** `failed`: whether the invocation failed, by whoever knows its outcome. */
export function factsOf(history: FunctionHistory, failed: (invocation: ObservedInvocation) => boolean): Facts | null {
  const { links, environments, peer, evidenceEnd } = history;
  if (links === null || evidenceEnd === null || !history.local) return null;
  const all = [...links.values()].flat();
  const boots = environments.flatMap((environment) => environment.boots);
  const bootOf = (link: LinkConnection): ObservedBoot | undefined =>
    link.attempt?.boot ?? boots.find((boot) => boot.environment.id === link.environment && boot.number === link.boot);
  const logged = peer !== null && peer.missingLines === 0;
  const down = (peer?.down ?? []).map(spanOnAxis);
  const invocations = [...history.invocations].flatMap((one) => invocationFacts(one, evidenceEnd, failed));
  return {
    processes: boots.map((boot) =>
      processFacts(boot, all.filter((link) => bootOf(link) === boot), { ...history, end: evidenceEnd }),
    ),
    invocations,
    connections: all.flatMap((link) => {
      const boot = bootOf(link);
      const isDown = link.failedAt !== null && down.some(({ from, to }) => from <= link.failedAt! && link.openedAt <= to);
      return boot === undefined
        ? []
        : [connectionFacts(link, { owners: [idOf(boot)], logged, down: isDown, end: evidenceEnd })];
    }),
    hidden: [],
    concurrent: (history.reservedConcurrency ?? 1) > 1,
    begin: Math.min(...boots.map(({ from }) => from)),
    end: evidenceEnd,
  };
}

const idOf = ({ environment, number }: ObservedBoot): string => `${environment.id}#${number}`;

function invocationFacts(
  one: ObservedInvocation,
  evidenceEnd: number,
  failed: (invocation: ObservedInvocation) => boolean,
): InvocationFacts[] {
  const { requestId, boot, start, end } = one;
  if (start === null) return [];
  return [
    {
      ...{ id: requestId, process: idOf(boot), failed: failed(one) },
      // The Init of a process that replaces another one runs after START.
      began: boot.from > start ? seenAt(start, end ?? evidenceEnd) : seenAt(start),
      ended: end === null ? notUntil(start - 1) : seenAt(end),
    },
  ];
}

function processFacts(
  boot: ObservedBoot,
  links: readonly LinkConnection[],
  { linksWhole, end }: { readonly linksWhole: boolean; readonly end: number },
): ProcessFacts {
  const { environment, number, from, to } = boot;
  const { init } = environment;
  const asked = links.map(({ openedAt }) => openedAt);
  const initEnd = number === 1 && init?.end != null ? init.end : null;
  const over = to ?? environment.end;
  const closings = links.flatMap(({ environmentEndedAt, closedAt, by, silencedAt }) =>
    by === "environment-end" || silencedAt !== null ? (environmentEndedAt ?? silencedAt ?? closedAt ?? []) : [],
  );
  return {
    ...{ id: idOf(boot), environment: environment.id, boot: number },
    began: seenAt(Math.min(from, ...asked)),
    initEnded: initEnd === null ? notUntil(from - 1) : seenAt(initEnd),
    ended: over === null ? notUntil(Math.min(environment.lastLine, end)) : seenAt(Math.min(over, ...closings), Math.max(over, ...closings) + ARRIVES.neverBeyond),
    endedSilently: environment.ending === "vanished" ? "unknown" : links.some(({ silencedAt }) => silencedAt !== null),
    attemptsComplete: linksWhole,
  };
}
