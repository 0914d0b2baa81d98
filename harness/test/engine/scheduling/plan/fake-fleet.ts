/** A fleet that only records the calls and returns what a test prepared. It reads the time from the test's clock. */
import type { EnvironmentState } from "../../../../src/words/platform-words.ts";
import type { EnvironmentDescription, Fleet } from "../../../../src/engine/fleet-contract.ts";
import type { Clock } from "../../../../src/run/ports/clock.ts";
import { durationMs } from "../../../../src/base/time.ts";

export interface FakeFleet extends Fleet {
  /** The calls, each with its time since the start. */
  readonly calls: string[];
  /** Ends one invocation. */
  invocationEnds(functionName: string): void;
  setState(functionName: string, environment: string, state: EnvironmentState): void;
  /** How long an initialisation takes, and whether it succeeds. */
  initialisation: { lasts: number; succeeds: boolean };
  /** The name of the call that fails the next time; null if none fails. */
  breaks: string | null;
}

export function createFakeFleet(clock: Clock): FakeFleet {
  const start = clock.now();
  const environments = new Map<string, { functionName: string; state: EnvironmentState }>();
  const ended = new Map<string, number>();
  const calls: string[] = [];
  let made = 0;
  const note = (text: string): void => void calls.push(`${clock.now() - start} ${text}`);
  const unused = (name: string) => (): never => {
    throw new Error(`the conductor never calls ${name}`);
  };
  const fleet: FakeFleet = {
    launches: false,
    calls,
    initialisation: { lasts: 100, succeeds: true },
    breaks: null,
    invocationEnds: (functionName) => void ended.set(functionName, (ended.get(functionName) ?? 0) + 1),
    setState: (functionName, environment, state) =>
      void environments.set(environment, { functionName, state }),
    setPlacement: (functionName, placement) => note(`${functionName} placement ${placement}`),
    placeNext: (functionName, destination) =>
      note(`${functionName} place-next ${JSON.stringify(destination)}`),
    async initialiseAhead(functionName, options) {
      if (breaks("initialiseAhead")) throw new Error("initialiseAhead broke");
      note(`${functionName} initialise-ahead${options?.reserved === true ? " reserved" : ""}`);
      await clock.sleep(durationMs(fleet.initialisation.lasts));
      made += 1;
      const environment = `environment-${made}`;
      environments.set(environment, { functionName, state: "idle" });
      return { environment, succeeded: fleet.initialisation.succeeds };
    },
    hold(functionName) {
      note(`${functionName} hold`);
      return Promise.resolve({ release: () => note(`${functionName} release`) });
    },
    retire(functionName, which, ending) {
      if (breaks("retire")) return Promise.reject(new Error("retire broke"));
      note(`${functionName} retire ${JSON.stringify(which)} ${ending}`);
      const mine = [...environments].filter(([id, one]) => {
        if (one.functionName !== functionName) return false;
        return "every" in which || ("environment" in which ? which.environment === id : true);
      });
      const acted = "selector" in which ? mine.slice(0, 1) : mine;
      for (const [id] of acted) environments.delete(id);
      return Promise.resolve(acted.map(([id]) => id));
    },
    crash(functionName, which) {
      note(`${functionName} crash ${JSON.stringify(which)}`);
      return Promise.resolve([]);
    },
    environments: (functionName) =>
      [...environments]
        .filter(([, one]) => one.functionName === functionName)
        .map(([environment, { state }]) => ({ environment, state }) as EnvironmentDescription),
    invocationsEnded: (functionName) => ended.get(functionName) ?? 0,
    put: unused("put"),
    remove: unused("remove"),
    removeVersion: unused("removeVersion"),
    setProvisionedConcurrency: unused("setProvisionedConcurrency"),
    setReservedConcurrency: unused("setReservedConcurrency"),
    invoke: unused("invoke"),
    settled: unused("settled"),
    logged: unused("logged"),
    linkRecords: unused("linkRecords"),
    ends: unused("ends"),
    notices: [],
    isolation: "none",
    close: unused("close"),
  };
  function breaks(name: string): boolean {
    if (fleet.breaks !== name) return false;
    fleet.breaks = null;
    return true;
  }
  return fleet;
}
