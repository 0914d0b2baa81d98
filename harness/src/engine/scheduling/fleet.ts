/**
 * The fleet: all execution environments of the engine (fleet-contract.ts). It has a FunctionFleet for each function. Admits invocations, and
 * passes each call on to the FunctionFleet of the function that the call names.
 */
import type { IsolationKind } from "../../words/isolation.ts";
import { invariant } from "../../base/invariant.ts";
import type { Ending, Placement } from "../../record/plan.ts";
import { ACCOUNT_LIMITS } from "../account-limits.ts";
import type {
  AheadOptions,
  AheadResult,
  Destination,
  EnvironmentDescription,
  Fleet,
  InvokeRequest,
  InvokeResult,
} from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import { EnvironmentFactory } from "../lifecycle/environment-factory.ts";
import { linkNotice } from "../lifecycle/link-notice.ts";
import type { EnvironmentServices } from "../lifecycle/environment-services.ts";
import { openServices } from "../lifecycle/open-services.ts";
import type { ExecutionEnvironment } from "../lifecycle/execution-environment.ts";
import { asRefusal, DescriptorRoom, NoDescriptorsError } from "./descriptor-room.ts";
import { resolveFleetOptions, type FleetOptions, type ResolvedFleetOptions } from "./fleet-options.ts";
import type { Which } from "./fleet-members.ts";
import { FunctionFleet } from "./function-fleet.ts";
import { ParkedEnvironments } from "./parked-environments.ts";
import { interpreterNotice, ownClientNotice } from "../../catalogue/runtimes/interpreter-notice.ts";
import { admit, type ConcurrencyDecision } from "./admit.ts";

export async function createFleet(given: FleetOptions): Promise<Fleet> {
  const options = resolveFleetOptions(given);
  const { services, notices } = await openServices(options);
  return new LocalFleet(services, options, notices);
}

class LocalFleet implements Fleet {
  readonly isolation: IsolationKind;
  readonly launches: boolean;
  readonly notices: string[];
  readonly #options: ResolvedFleetOptions;
  readonly #services: EnvironmentServices;
  readonly #factory: EnvironmentFactory;
  readonly #functions = new Map<string, FunctionFleet>();
  /** Every environment whose link may still have a socket, including environments that have ended. */
  readonly #made = new Set<ExecutionEnvironment>();
  readonly #linkNotices = new Set<string>();
  readonly #parked: ParkedEnvironments;
  readonly #room = new DescriptorRoom();
  #refusedAt = -Infinity;
  #invoking = 0;
  #closing: Promise<void> | null = null;

  constructor(services: EnvironmentServices, options: ResolvedFleetOptions, notices: readonly string[]) {
    this.#services = services;
    this.#options = options;
    this.notices = [...notices];
    this.launches = options.launcher !== null;
    this.isolation = services.isolation.kind;
    this.#factory = new EnvironmentFactory(services);
    this.#parked = new ParkedEnvironments({
      size: options.parked,
      create: (snapshot) => this.#create(snapshot),
      now: () => options.clock.now(),
      isIdle: () => this.#invoking === 0,
    });
  }

  put(snapshot: FunctionSnapshot): void {
    const key = keyOf(snapshot);
    let fleet = this.#functions.get(key);
    if (fleet === undefined) {
      const { tenantEnvironments } = this.#options;
      fleet = new FunctionFleet(
        async (one) => this.#parked.take(one) ?? (await this.#create(one)),
        tenantEnvironments,
      );
      this.#functions.set(key, fleet);
    }
    this.#noticeInterpreter(snapshot.runtime);
    this.#noticeLink(snapshot);
    this.#parked.forget((one) => keyOf(one) === key && one.version === snapshot.version);
    fleet.put(snapshot);
  }

  async remove(functionName: string): Promise<void> {
    const fleet = this.#functions.get(functionName);
    if (fleet === undefined) return;
    this.#functions.delete(functionName);
    this.#parked.forget((one) => keyOf(one) === functionName);
    fleet.wakeAll();
    await fleet.retire({ every: true }, "fin");
  }

  async removeVersion(functionName: string, version: string): Promise<void> {
    this.#parked.forget((one) => keyOf(one) === functionName && one.version === version);
    await this.#functions.get(functionName)?.removeVersion(version);
  }

  setReservedConcurrency(functionName: string, reserved: number | null): void {
    this.#of(functionName).reserved = reserved;
  }

  setProvisionedConcurrency(functionName: string, version: string, allocated: number): void {
    this.#functions.get(functionName)?.provisioned.allocate(version, allocated);
  }

  setPlacement(functionName: string, placement: Placement): void {
    this.#of(functionName).placement = placement;
  }

  placeNext(functionName: string, destination: Destination): void {
    this.#of(functionName).placeNext(destination);
  }

  async invoke(functionName: string, version: string, request: InvokeRequest): Promise<InvokeResult> {
    const fleet = this.#of(functionName);
    invariant(
      fleet.knows(version),
      `version ${version} of ${functionName} was announced (put) before it is invoked`,
    );
    await fleet.admitted();
    let admission = this.#admission(fleet, version);
    if (admission === "ConcurrentInvocationLimitExceeded") {
      // An invocation whose answer was given takes no place of the account.
      await this.settled();
      admission = this.#admission(fleet, version);
    }
    if (this.#closing !== null || this.#functions.get(functionName) !== fleet) return GONE;
    if (admission !== "admitted") return { kind: "throttled", reason: admission };
    if (this.#services.turns.stuckSteps > STUCK_STEPS_MAX) return LOGS_FULL;
    this.#invoking += 1;
    try {
      return await fleet.invoke(version, request);
    } catch (error) {
      if (!(error instanceof NoDescriptorsError)) throw error;
      return { kind: "throttled", reason: "ConcurrentInvocationLimitExceeded" };
    } finally {
      this.#invoking -= 1;
      this.#parked.fill();
    }
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((fleet) => fleet.settled()));
  }

  async logged(): Promise<void> {
    await this.#services.turns.settled();
  }

  async initialiseAhead(functionName: string, options: AheadOptions = {}): Promise<AheadResult> {
    try {
      return await this.#of(functionName).initialiseAhead(options);
    } finally {
      this.#parked.fill();
    }
  }

  async hold(functionName: string): Promise<{ release(): void }> {
    return await this.#of(functionName).hold();
  }

  async retire(functionName: string, which: Which, ending: Ending): Promise<readonly string[]> {
    return await this.#of(functionName).retire(which, ending);
  }

  async crash(functionName: string, which: Which): Promise<readonly string[]> {
    return await this.#of(functionName).crash(which);
  }

  environments(functionName?: string): readonly EnvironmentDescription[] {
    const fleets = functionName === undefined ? [...this.#functions.values()] : [this.#of(functionName)];
    return fleets.flatMap((fleet) => fleet.environments().map((environment) => environment.describe()));
  }

  invocationsEnded(functionName: string): number {
    return this.#of(functionName).ended;
  }

  linkRecords(from: number): ReturnType<Fleet["linkRecords"]> {
    return this.#services.links.from(from);
  }

  ends(from: number): ReturnType<Fleet["ends"]> {
    return this.#services.ends.from(from);
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    for (const fleet of this.#functions.values()) fleet.wakeAll();
    await Promise.all([...this.#made].map((environment) => environment.destroy()));
    const lost = this.#services.turns.finish();
    if (lost > 0) this.#options.report(`${lost} log entries are lost, because they could not be written`);
    this.#services.processes.close();
    const left = await this.#services.running.close();
    if (left !== null) this.#options.report(`the engine's folder ${left}`);
  }

  /**
   * Reports, once for each runtime, that its functions run on an interpreter of another release than the runtime's, or on our own runtime
   * client in place of AWS's.
   */
  #noticeInterpreter(runtime: string): void {
    const interpreter = this.#options.interpreterOf(runtime);
    const ours =
      interpreter !== null && this.#services.clients.isReplaced(runtime) ? ownClientNotice(runtime) : null;
    for (const notice of [interpreterNotice(runtime, interpreter), ours]) {
      if (notice === null || this.notices.includes(notice)) continue;
      this.notices.push(notice);
      this.#options.report(notice);
    }
  }

  /** Reports once what a link of a function overrides, or why a function that should have a link gets none. */
  #noticeLink(snapshot: FunctionSnapshot): void {
    const { links, reportLink } = this.#options;
    for (const link of links) {
      const text = linkNotice(link, snapshot);
      if (text === null || this.#linkNotices.has(text)) continue;
      this.#linkNotices.add(text);
      reportLink(text);
    }
  }

  #admission(fleet: FunctionFleet, version: string): ConcurrencyDecision {
    const others = [...this.#functions.values()].filter((one) => one !== fleet);
    return admit(
      fleet.load(version),
      others.map((one) => one.load(null)),
      ACCOUNT_LIMITS.concurrentExecutions,
    );
  }

  /** Throws NoDescriptorsError if this process may not open enough files for another environment. */
  async #create(snapshot: FunctionSnapshot): Promise<ExecutionEnvironment> {
    try {
      return await this.#createWithRoom(snapshot);
    } catch (error) {
      const refusal = asRefusal(error);
      const now = this.#options.clock.monotonic();
      if (refusal instanceof NoDescriptorsError && now - this.#refusedAt >= REFUSALS_EVERY_MS) {
        this.#refusedAt = now;
        this.#options.report(refusal.message);
      }
      throw refusal;
    }
  }

  async #createWithRoom(snapshot: FunctionSnapshot): Promise<ExecutionEnvironment> {
    const start = this.#room.enter();
    let environment: ExecutionEnvironment;
    try {
      environment = await this.#factory.create(snapshot);
    } catch (error) {
      start.started();
      throw error;
    }
    void Promise.race([environment.initialised, environment.ended]).then(() => start.started());
    this.#made.add(environment);
    void environment.linkClosed().then(() => this.#made.delete(environment));
    if (this.#closing !== null) await environment.destroy();
    return environment;
  }

  #of(functionName: string): FunctionFleet {
    const fleet = this.#functions.get(functionName);
    invariant(fleet !== undefined, `function ${functionName} was announced (put) before it is used`);
    return fleet;
  }
}

/** A busy engine may refuse thousands of invocations, so this is reported at most once in this time. */
const REFUSALS_EVERY_MS = 60_000;

const keyOf = ({ fleetKey, functionName }: FunctionSnapshot): string => fleetKey ?? functionName;

const GONE: InvokeResult = { kind: "broken", message: "The engine is closing, or the function was deleted." };

/** An invocation has some ten steps of log. They wait in memory as long as the disk is full, and none is dropped, so there is a limit. */
const STUCK_STEPS_MAX = 1_000;
const LOGS_FULL: InvokeResult = {
  kind: "broken",
  message: "The engine takes no invocation, because its logs cannot be written and too much waits already.",
};
