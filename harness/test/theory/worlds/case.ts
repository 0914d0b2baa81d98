/** A world written by hand: a test names only what matters to it. Everything else is known and quiet. */
import type { ConnectionFacts, Facts } from "../../../src/theory/facts/facts.ts";
import { NEVER, seenAt, UNKNOWN } from "../../../src/theory/facts/sighting.ts";
import type { Hypothesis } from "../../../src/theory/model/hypothesis.ts";
import type { Manner, Server } from "../../../src/theory/model/server.ts";

const MANNER: Manner = {
  ...({ stage: "accept", queue: 0, full: "closes", ordered: true, greets: false } as const),
  ...{ counted: false, endsClients: false },
};

export const serverOf = (manner: Partial<Manner>, lags: Partial<Server["lags"]> = {}): Server => ({
  scopes: [1],
  manner: { ...MANNER, ...manner },
  lags: { looks: 0, takes: 0, closes: 0, speaks: 0, frees: 0, serves: 2, ...lags },
});

/** One environment with an Init at tick 0, and one invocation from tick 1 to `until`, in which it connects. */
export interface Client {
  readonly environment: string;
  readonly until: number;
  readonly asked: number;
  readonly connection?: Partial<ConnectionFacts>;
}

export function caseOf(clients: readonly Client[], server: Server, end = 12): Hypothesis {
  const facts: Facts = {
    processes: clients.map(({ environment }) => ({
      ...{
        id: `${environment}.1`,
        environment,
        boot: 1,
        began: seenAt(0),
        initEnded: seenAt(0),
        ended: NEVER,
      },
      ...{ endedSilently: false, attemptsComplete: true },
    })),
    invocations: clients.map(({ environment, until }) => ({
      ...{
        id: `${environment}:1`,
        process: `${environment}.1`,
        began: seenAt(1),
        ended: seenAt(until),
        failed: true,
      },
    })),
    connections: clients.map(({ environment, asked, connection }) => ({
      ...{ id: environment, owners: [`${environment}.1`], name: null, scopes: [0], asked: seenAt(asked) },
      ...{ spoke: NEVER, queued: UNKNOWN, placed: UNKNOWN, turnedAway: UNKNOWN, evicted: UNKNOWN },
      ...{
        firstByte: UNKNOWN,
        serverClosed: UNKNOWN,
        ended: NEVER,
        freed: UNKNOWN,
        used: [],
        usesComplete: true,
      },
      ...connection,
    })),
    ...{ hidden: [], concurrent: false, begin: 0, end },
  };
  return { facts, server };
}
