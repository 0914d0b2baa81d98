/** A fleet without processes, for tests of the HTTP APIs: it records the calls and answers as the test says. */
import type {
  EnvironmentDescription,
  Fleet,
  InvokeRequest,
  InvokeResult,
} from "../../../src/engine/fleet-contract.ts";
import type { FunctionSnapshot } from "../../../src/engine/function-snapshot.ts";

export type Answering = (
  functionName: string,
  version: string,
  request: InvokeRequest,
) => Promise<InvokeResult> | InvokeResult;

export interface FakeFleet extends Fleet {
  readonly snapshots: FunctionSnapshot[];
  readonly reserved: Map<string, number | null>;
  readonly removed: string[];
  readonly steps: unknown[];
  answering: Answering;
}

export function answered(
  payload: unknown,
  more: Partial<Extract<InvokeResult, { kind: "answered" }>> = {},
): InvokeResult {
  return {
    kind: "answered",
    payload: Buffer.from(JSON.stringify(payload)),
    contentType: "application/json",
    functionError: null,
    executedVersion: "$LATEST",
    environment: "2026/11/25/[$LATEST]0123456789abcdef0123456789abcdef",
    logTail: Buffer.from("START\nEND\n"),
    ...more,
  };
}

/** Answers every invocation with its own event. */
export const echo: Answering = (_name, version, request) =>
  ({ ...answered(null, { executedVersion: version }), payload: request.payload }) as InvokeResult;

export function fakeFleet(): FakeFleet {
  const known = new Set<string>();
  let ahead = 0;
  const fleet: FakeFleet = {
    launches: false,
    snapshots: [],
    reserved: new Map(),
    removed: [],
    steps: [],
    answering: echo,
    isolation: "none",
    notices: [],
    put: (snapshot) => {
      known.add(snapshot.fleetKey ?? snapshot.functionName);
      fleet.snapshots.push(snapshot);
    },
    remove: (name) => {
      known.delete(name);
      fleet.removed.push(name);
      return Promise.resolve();
    },
    removeVersion: (name, version) => {
      fleet.removed.push(`${name}:${version}`);
      return Promise.resolve();
    },
    setProvisionedConcurrency: (name, version, allocated) =>
      void fleet.steps.push(["provisioned", name, version, allocated]),
    setReservedConcurrency: (name, reserved) => {
      if (!known.has(name)) throw new Error(`the fleet does not know ${name}`);
      fleet.reserved.set(name, reserved);
    },
    setPlacement: () => undefined,
    placeNext: (name, destination) => void fleet.steps.push(["place-next", name, destination]),
    invoke: async (name, version, request) => fleet.answering(name, version, request),
    settled: () => Promise.resolve(),
    logged: () => Promise.resolve(),
    initialiseAhead: (name, options) => {
      fleet.steps.push(["initialise-ahead", name]);
      ahead += 1;
      const environment = options?.provisioned === true ? `provisioned-${ahead}` : "ahead";
      return Promise.resolve({ environment, succeeded: true });
    },
    hold: () => Promise.resolve({ release: () => undefined }),
    retire: (name, which, ending) => {
      fleet.steps.push(["retire", name, which, ending]);
      return Promise.resolve(["retired"]);
    },
    crash: (name, which) => {
      fleet.steps.push(["crash", name, which]);
      return Promise.resolve([]);
    },
    environments: (): readonly EnvironmentDescription[] => [],
    invocationsEnded: () => 0,
    linkRecords: (from) => ({ records: [], next: from }),
    ends: (from) => ({ records: [], next: from }),
    close: () => Promise.resolve(),
  };
  return fleet;
}
