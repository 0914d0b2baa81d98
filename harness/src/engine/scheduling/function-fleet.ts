/** Chooses an environment for each invocation of one function, or lets the invocation wait. Counts running invocations, not environments. */
import { DEFAULT_PLACEMENT, type Ending, type Placement } from "../../record/plan.ts";
import { wrongInput } from "../../base/errors.ts";
import { invariant } from "../../base/invariant.ts";
import { ACCOUNT_LIMITS } from "../account-limits.ts";
import type {
  AheadOptions,
  AheadResult,
  Destination,
  InvokeRequest,
  InvokeResult,
} from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { ExecutionEnvironment } from "../lifecycle/execution-environment.ts";
import type { InvocationProgress } from "../lifecycle/running-invocation.ts";
import { ChangeSignal } from "./change-signal.ts";
import type { FleetMember } from "./fleet-member.ts";
import { FleetMembers, type Which } from "./fleet-members.ts";
import { ProvisionedSlots } from "./provisioned-slots.ts";
import type { FunctionLoad } from "./admit.ts";

export class FunctionFleet {
  reserved: number | null = null;
  placement: Placement = DEFAULT_PLACEMENT;
  running = 0;
  ended = 0;
  readonly provisioned = new ProvisionedSlots();
  readonly #snapshots = new Map<string, FunctionSnapshot>();
  readonly #members: FleetMembers;
  readonly #tenantEnvironments: number;
  readonly #once: Destination[] = [];
  readonly #changes = new ChangeSignal();
  #held = 0;
  readonly #invocations = new Set<InvocationProgress>();

  constructor(
    create: (snapshot: FunctionSnapshot) => Promise<ExecutionEnvironment>,
    tenantEnvironments: number,
  ) {
    this.#members = new FleetMembers(create, this.#changes);
    this.#tenantEnvironments = tenantEnvironments;
  }

  put(snapshot: FunctionSnapshot): void {
    this.#snapshots.set(snapshot.version, snapshot);
  }

  async removeVersion(version: string): Promise<void> {
    this.#snapshots.delete(version);
    this.provisioned.allocate(version, 0);
    const members = this.#members
      .all()
      .filter(({ environment }) => environment.snapshot.version === version && environment.isLive());
    await Promise.all(members.map((member) => member.environment.retire("fin")));
  }

  /** `version` is the version of the invocation that asks for admission; null if that invocation is of another function. */
  load(version: string | null): FunctionLoad {
    return { running: this.running, reserved: this.reserved, ...this.provisioned.load(version) };
  }

  knows(version: string): boolean {
    return this.#snapshots.has(version);
  }

  /** Throws if the destination is an environment that has ended or is ending. */
  placeNext(destination: Destination): void {
    if ("environment" in destination && !this.#members.isLive(destination.environment)) {
      throw wrongInput(`no live execution environment ${destination.environment}`);
    }
    this.#once.push(destination);
  }

  /** Resolves when the function is settled and no call of `hold` holds its invocations. */
  async admitted(): Promise<void> {
    if (this.#invocations.size > 0) await this.settled();
    while (this.#held > 0) await this.#changes.next();
  }

  async hold(): Promise<{ release(): void }> {
    this.#held += 1;
    let released = false;
    while (this.running > 0) await this.#changes.next();
    return {
      release: () => {
        if (released) return;
        released = true;
        this.#held = Math.max(0, this.#held - 1);
        this.#changes.changed();
      },
    };
  }

  /** The invocation counts as running until the end of the Invoke phase. */
  async invoke(version: string, request: InvokeRequest): Promise<InvokeResult> {
    this.running += 1;
    this.provisioned.begin(version);
    const freeSlot = (): void => {
      this.running -= 1;
      this.provisioned.end(version);
      this.#changes.changed();
    };
    let member: FleetMember | null;
    try {
      member = await this.#destination(version, request.tenantId ?? null);
    } catch (error) {
      freeSlot();
      throw error;
    }
    if (member === null) {
      freeSlot();
      return { kind: "throttled", reason: null };
    }
    const { environment } = member;
    const invocation = environment.invoke(request);
    environment.claimed = false;
    this.#invocations.add(invocation);
    void invocation.ended.then(() => {
      this.#invocations.delete(invocation);
      this.ended += 1;
      member.lastEnded = this.ended;
      freeSlot();
    });
    return await invocation.result;
  }

  /** See fleet-contract.ts. */
  async settled(): Promise<void> {
    const given = [...this.#invocations].filter(({ answerGiven }) => answerGiven);
    for (const { result } of given) await result;
  }

  async initialiseAhead({
    reserved = false,
    version = "$LATEST",
    provisioned = false,
  }: AheadOptions): Promise<AheadResult> {
    const snapshot = this.#snapshots.get(version) ?? [...this.#snapshots.values()].at(-1);
    invariant(snapshot !== undefined, "a function has at least one snapshot");
    const own = provisioned ? this.provisioned.snapshotOf(snapshot) : snapshot;
    const member = await this.#members.add(own, { reserved, claimed: false });
    const succeeded = await member.environment.initialised;
    this.#changes.changed();
    return { environment: member.environment.id, succeeded, ended: member.environment.ended };
  }

  /** Waits until the function is settled, so that an invocation whose answer was given is not broken. */
  async retire(which: Which, ending: Ending): Promise<readonly string[]> {
    if (this.#invocations.size > 0) await this.settled();
    const members = this.#members.chosen(which).filter((member) => member.environment.isLive());
    await Promise.all(members.map((member) => member.environment.retire(ending)));
    return members.map((member) => member.environment.id);
  }

  /** Waits as `retire` does. */
  async crash(which: Which): Promise<readonly string[]> {
    if (this.#invocations.size > 0) await this.settled();
    const crashed = await Promise.all(
      this.#members
        .chosen(which)
        .map(async ({ environment }) => ((await environment.crash()) ? [environment.id] : [])),
    );
    this.#changes.changed();
    return crashed.flat();
  }

  environments(): readonly ExecutionEnvironment[] {
    return this.#members.all().map((member) => member.environment);
  }

  /** To be called when the engine closes or the function is removed, so that held and waiting invocations notice it. */
  wakeAll(): void {
    this.#held = 0;
    this.#changes.changed();
  }

  /** Null if a tenant needs another environment and the function may have none. */
  async #destination(version: string, tenantId: string | null): Promise<FleetMember | null> {
    const wanted = this.#once.shift() ?? { placement: this.placement };
    if ("environment" in wanted) {
      const named = await this.#members.whenIdle(wanted.environment);
      if (named !== null && [null, tenantId].includes(named.environment.tenantId)) return claim(named);
    }
    const snapshot = this.#snapshots.get(version);
    invariant(snapshot !== undefined, `version ${version} is known`);
    // If the caller named an environment and it ended while the invocation waited for it, a new environment is created.
    const found = this.#members.placed(
      snapshot,
      "environment" in wanted ? "new" : wanted.placement,
      tenantId,
    );
    if (found !== null) return claim(found);
    if (tenantId !== null && this.#members.count(this.#snapshots.values()) >= this.#environmentsMax())
      return null;
    const fresh = await this.#members.add(snapshot, { reserved: false, claimed: true });
    await fresh.environment.initialised;
    return fresh;
  }

  /** For a function that isolates tenants. An old generation's environments do not count, because they serve nobody any more. */
  #environmentsMax(): number {
    const concurrency = this.reserved ?? ACCOUNT_LIMITS.concurrentExecutions;
    return Math.max(1, Math.floor(concurrency * this.#tenantEnvironments));
  }
}

function claim(member: FleetMember): FleetMember {
  member.environment.claimed = true;
  return member;
}
