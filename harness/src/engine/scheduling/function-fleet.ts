/**
 * The execution environments of one function: which one an invocation gets, which ones a selector means, and when invocations have to wait.
 * Counts running invocations, not environments; admission is the fleet's.
 */
import type { Ending, Placement, Selector } from "../../domain/plan.ts";
import { LongrunError } from "../../domain/errors.ts";
import { invariant } from "../../domain/invariant.ts";
import type {
  AheadOptions,
  AheadResult,
  Destination,
  InvokeRequest,
  InvokeResult,
} from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { ExecutionEnvironment } from "../lifecycle/execution-environment.ts";
import { place, select, type Candidate } from "./placement.ts";
import { ProvisionedSlots } from "./provisioned-slots.ts";
import type { FunctionLoad } from "./reserved-concurrency.ts";

interface Member {
  readonly environment: ExecutionEnvironment;
  readonly sequence: number;
  reserved: boolean;
  /** Order of the end of its last invocation within the function. */
  lastEnded: number | null;
}

export type Which =
  { readonly selector: Selector } | { readonly environment: string } | { readonly every: true };

export class FunctionFleet {
  reserved: number | null = null;
  placement: Placement = "most-recent";
  running = 0;
  ended = 0;
  readonly provisioned = new ProvisionedSlots();
  private readonly create: (snapshot: FunctionSnapshot) => Promise<ExecutionEnvironment>;
  private readonly snapshots = new Map<string, FunctionSnapshot>();
  private readonly members = new Map<string, Member>();
  private readonly once: Destination[] = [];
  private readonly changes = new Set<() => void>();
  private created = 0;
  private held = 0;

  constructor(create: (snapshot: FunctionSnapshot) => Promise<ExecutionEnvironment>) {
    this.create = create;
  }

  put(snapshot: FunctionSnapshot): void {
    this.snapshots.set(snapshot.version, snapshot);
  }

  /** Ends the environments of a version and forgets it. */
  async removeVersion(version: string): Promise<void> {
    this.snapshots.delete(version);
    this.provisioned.allocate(version, 0);
    const members = [...this.members.values()].filter(
      ({ environment }) => environment.snapshot.version === version && environment.isLive(),
    );
    await Promise.all(members.map((member) => member.environment.retire("fin")));
  }

  /** `version`: of the invocation that asks to be admitted. */
  load(version: string | null): FunctionLoad {
    return { running: this.running, reserved: this.reserved, ...this.provisioned.load(version) };
  }

  knows(version: string): boolean {
    return this.snapshots.has(version);
  }

  /** The next invocation goes there, once; a name that is not alive is a mistake of whoever says so. */
  placeNext(destination: Destination): void {
    if (
      "environment" in destination &&
      !(this.members.get(destination.environment)?.environment.isLive() ?? false)
    ) {
      throw new LongrunError("usage", `no live execution environment ${destination.environment}`);
    }
    this.once.push(destination);
  }

  /** Resolves when invocations of this function are not held. */
  async admitted(): Promise<void> {
    while (this.held > 0) await this.change();
  }

  async hold(): Promise<{ release(): void }> {
    this.held += 1;
    let released = false;
    while (this.running > 0) await this.change();
    return {
      release: () => {
        if (released) return;
        released = true;
        this.held = Math.max(0, this.held - 1);
        this.changed();
      },
    };
  }

  /** Runs one admitted invocation; `freed` is called once when its slot is free. */
  async invoke(
    version: string,
    request: InvokeRequest,
    slotFreedAt: "phase-end" | "response",
  ): Promise<InvokeResult> {
    this.running += 1;
    this.provisioned.begin(version);
    let slotTaken = true;
    const freeSlot = (): void => {
      if (slotTaken) {
        this.running -= 1;
        this.provisioned.end(version);
      }
      slotTaken = false;
      this.changed();
    };
    try {
      const member = await this.destination(version);
      const { environment } = member;
      const { result, ended } = environment.invoke(request);
      environment.claimed = false;
      void ended.then(() => {
        this.ended += 1;
        member.lastEnded = this.ended;
        freeSlot();
      });
      const settled = await result;
      if (slotFreedAt === "response") freeSlot();
      return settled;
    } catch (error) {
      freeSlot();
      throw error;
    }
  }

  async initialiseAhead({
    reserved = false,
    version = "$LATEST",
    provisioned = false,
  }: AheadOptions): Promise<AheadResult> {
    const snapshot = this.snapshots.get(version) ?? [...this.snapshots.values()].at(-1);
    invariant(snapshot !== undefined, "a function has at least one snapshot");
    const member = await this.add(provisioned ? this.provisioned.snapshotOf(snapshot) : snapshot, reserved);
    const succeeded = await member.environment.initialised;
    this.changed();
    return { environment: member.environment.id, succeeded, ended: member.environment.ended };
  }

  async retire(which: Which, ending: Ending): Promise<readonly string[]> {
    const members = this.chosen(which).filter((member) => member.environment.isLive());
    await Promise.all(members.map((member) => member.environment.retire(ending)));
    return members.map((member) => member.environment.id);
  }

  async crash(which: Which): Promise<readonly string[]> {
    const crashed = await Promise.all(
      this.chosen(which).map(async ({ environment }) =>
        (await environment.crash()) ? [environment.id] : [],
      ),
    );
    this.changed();
    return crashed.flat();
  }

  environments(): readonly ExecutionEnvironment[] {
    return [...this.members.values()].map((member) => member.environment);
  }

  /** The engine closes: held and waiting invocations go on, into environments that are ending. */
  wakeAll(): void {
    this.held = 0;
    this.changed();
  }

  private async destination(version: string): Promise<Member> {
    const wanted = this.once.shift() ?? { placement: this.placement };
    if ("environment" in wanted) {
      const named = await this.whenIdle(wanted.environment);
      if (named !== null) return this.claim(named);
    }
    const snapshot = this.snapshots.get(version);
    invariant(snapshot !== undefined, `version ${version} is known`);
    // A named environment that ended while it was waited for: nothing idle was asked for, so a fresh one.
    const rule = "environment" in wanted ? "new" : wanted.placement;
    const id = place(this.candidates(snapshot), rule);
    const found = id === null ? undefined : this.members.get(id);
    if (found !== undefined) return this.claim(found);
    const fresh = await this.add(snapshot, false, true);
    await fresh.environment.initialised;
    return fresh;
  }

  private claim(member: Member): Member {
    member.environment.claimed = true;
    return member;
  }

  private async whenIdle(id: string): Promise<Member | null> {
    for (;;) {
      const member = this.members.get(id);
      if (member === undefined || !member.environment.isLive()) return null;
      if (member.environment.isIdle() && !member.environment.claimed) return member;
      await this.change();
    }
  }

  private async add(snapshot: FunctionSnapshot, reserved: boolean, claimed = false): Promise<Member> {
    const environment = await this.create(snapshot);
    environment.claimed = claimed;
    this.created += 1;
    const member: Member = { environment, sequence: this.created, reserved, lastEnded: null };
    this.members.set(environment.id, member);
    void environment.ended.then(() => {
      this.members.delete(environment.id);
      this.changed();
    });
    void environment.initialised.then(() => this.changed());
    try {
      await environment.start();
    } catch (error) {
      await environment.destroy();
      throw error;
    }
    return member;
  }

  private chosen(which: Which): readonly Member[] {
    const all = [...this.members.values()];
    if ("every" in which) return all;
    const ids = "environment" in which ? [which.environment] : select(this.candidates(null), which.selector);
    return ids.flatMap((id) => this.members.get(id) ?? []);
  }

  private candidates(snapshot: FunctionSnapshot | null): readonly Candidate[] {
    return [...this.members.values()].map(({ environment, sequence, reserved, lastEnded }) => ({
      id: environment.id,
      sequence,
      reserved,
      lastEnded,
      provisioned: environment.snapshot.initializationType === "provisioned-concurrency",
      state:
        environment.isIdle() && !environment.claimed
          ? "idle"
          : environment.isInvoking()
            ? "in-flight"
            : "other",
      current:
        snapshot !== null &&
        environment.snapshot.version === snapshot.version &&
        environment.snapshot.generation === snapshot.generation,
    }));
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.changes.add(resolve));
  }

  private changed(): void {
    const waiting = [...this.changes];
    this.changes.clear();
    for (const wake of waiting) wake();
  }
}
