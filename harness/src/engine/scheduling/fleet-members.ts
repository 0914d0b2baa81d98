/** The live execution environments of one function. */
import type { Placement, Selector } from "../../record/plan.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { ExecutionEnvironment } from "../lifecycle/execution-environment.ts";
import type { ChangeSignal } from "./change-signal.ts";
import { candidateOf, isOf, type FleetMember } from "./fleet-member.ts";
import { place, select } from "./placement.ts";

export type Which =
  { readonly selector: Selector } | { readonly environment: string } | { readonly every: true };

export interface AddOptions {
  /** If true, no invocation is placed in the environment. It lives until it is retired by its id or together with all environments. */
  readonly reserved: boolean;
  /** True if an invocation waits for the environment. */
  readonly claimed: boolean;
}

export class FleetMembers {
  readonly #create: (snapshot: FunctionSnapshot) => Promise<ExecutionEnvironment>;
  readonly #changes: ChangeSignal;
  readonly #byId = new Map<string, FleetMember>();
  #created = 0;
  #creating = 0;

  constructor(create: (snapshot: FunctionSnapshot) => Promise<ExecutionEnvironment>, changes: ChangeSignal) {
    this.#create = create;
    this.#changes = changes;
  }

  all(): readonly FleetMember[] {
    return [...this.#byId.values()];
  }

  isLive(id: string): boolean {
    return this.#byId.get(id)?.environment.isLive() ?? false;
  }

  /** Resolves when the Init phase has begun; rejects if the environment cannot be created. */
  async add(snapshot: FunctionSnapshot, { reserved, claimed }: AddOptions): Promise<FleetMember> {
    this.#creating += 1;
    const environment = await this.#create(snapshot).finally(() => (this.#creating -= 1));
    environment.claimed = claimed;
    this.#created += 1;
    const member: FleetMember = { environment, sequence: this.#created, reserved, lastEnded: null };
    this.#byId.set(environment.id, member);
    void environment.ended.then(() => {
      this.#byId.delete(environment.id);
      this.#changes.changed();
    });
    void environment.initialised.then(() => this.#changes.changed());
    try {
      await environment.start();
    } catch (error) {
      await environment.destroy();
      throw error;
    }
    return member;
  }

  /** Resolves with the environment of this id as soon as it is idle, or with null if it ends before. */
  async whenIdle(id: string): Promise<FleetMember | null> {
    for (;;) {
      const member = this.#byId.get(id);
      if (member === undefined || !member.environment.isLive()) return null;
      if (member.environment.isIdle() && !member.environment.claimed) return member;
      await this.#changes.next();
    }
  }

  /**
   * Returns an idle environment of the snapshot that served the tenant before, or else one that served nobody. Null if a new one must be
   * created. Whether Lambda gives an environment that was initialised ahead of need to a tenant is not known (docs/aws/tenants.md#life).
   */
  placed(snapshot: FunctionSnapshot, rule: Placement, tenantId: string | null): FleetMember | null {
    const candidates = this.all().map((member) => candidateOf(member, snapshot, tenantId));
    const id = place(candidates, rule);
    if (id === null && tenantId !== null) return this.placed(snapshot, rule, null);
    return id === null ? null : (this.#byId.get(id) ?? null);
  }

  /** How many environments of these generations live, or are being created. */
  count(snapshots: Iterable<FunctionSnapshot>): number {
    const all = [...snapshots];
    const live = this.all().filter(
      ({ environment }) => environment.isLive() && all.some((one) => isOf(environment, one)),
    );
    return live.length + this.#creating;
  }

  chosen(which: Which): readonly FleetMember[] {
    if ("every" in which) return this.all();
    const ids = "environment" in which ? [which.environment] : this.#selected(which.selector);
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }

  #selected(selector: Selector): readonly string[] {
    return select(
      this.all().map((member) => candidateOf(member, null)),
      selector,
    );
  }
}
