/**
 * Provisioned concurrency: environments of a version are initialised ahead, and replaced when they end. After six failed Inits in a row the
 * engine tries no more, as recorded from AWS (docs/aws/lifecycle.md#failed-init).
 */
import type { Fleet } from "../../fleet-contract.ts";

export interface PoolTarget {
  /** The key of the function in the fleet of environments. */
  readonly fleetKey: string;
  /** The version or alias in the request. */
  readonly qualifier: string;
  /** The version that the qualifier resolves to. */
  readonly version: string;
  readonly requested: number;
}

export interface PoolStatus {
  readonly allocated: number;
  readonly status: "IN_PROGRESS" | "READY" | "FAILED";
}

type PoolFleet = Pick<Fleet, "initialiseAhead" | "retire" | "setProvisionedConcurrency">;

const INIT_ATTEMPTS_MAX = 6;
/** The largest number of environments that start at the same time for one pool. */
const STARTING_MAX = 4;

class Pool {
  readonly target: PoolTarget;
  readonly environments = new Set<string>();
  starting = 0;
  failures = 0;
  stopped = false;

  constructor(target: PoolTarget) {
    this.target = target;
  }

  get status(): PoolStatus["status"] {
    if (this.failures >= INIT_ATTEMPTS_MAX) return "FAILED";
    return this.environments.size >= this.target.requested ? "READY" : "IN_PROGRESS";
  }
}

export class ProvisionedConcurrency {
  readonly #fleet: PoolFleet;
  readonly #report: (problem: string) => void;
  readonly #pools = new Map<string, Pool>();

  constructor(fleet: PoolFleet, report: (problem: string) => void) {
    this.#fleet = fleet;
    this.#report = report;
  }

  /** Environments of an earlier request for the same qualifier and version are kept, up to the number that is now requested. */
  request(target: PoolTarget): void {
    const before = this.#pools.get(keyOf(target));
    const pool = new Pool(target);
    if (before !== undefined) {
      before.stopped = true;
      if (before.target.version === target.version) {
        for (const environment of before.environments) this.#keep(pool, environment);
      } else this.#end(before);
    }
    this.#pools.set(keyOf(target), pool);
    for (const surplus of [...pool.environments].slice(target.requested)) this.#retire(pool, surplus);
    this.#announce(pool);
    this.#fill(pool);
  }

  drop(target: Pick<PoolTarget, "fleetKey" | "qualifier">): void {
    const pool = this.#pools.get(keyOf(target));
    if (pool === undefined) return;
    this.#pools.delete(keyOf(target));
    this.#end(pool);
  }

  /** To be called when the function is deleted: its environments end with it, so they are not retired here. */
  forget(fleetKey: string): void {
    for (const [key, pool] of this.#pools) {
      if (pool.target.fleetKey !== fleetKey) continue;
      pool.stopped = true;
      this.#pools.delete(key);
    }
  }

  status(target: Pick<PoolTarget, "fleetKey" | "qualifier">): PoolStatus {
    const pool = this.#pools.get(keyOf(target));
    return { allocated: pool?.environments.size ?? 0, status: pool?.status ?? "IN_PROGRESS" };
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.stopped = true;
  }

  #fill(pool: Pool): void {
    while (
      !pool.stopped &&
      pool.status === "IN_PROGRESS" &&
      pool.starting < STARTING_MAX &&
      pool.environments.size + pool.starting < pool.target.requested
    ) {
      pool.starting += 1;
      void this.#start(pool);
    }
  }

  async #start(pool: Pool): Promise<void> {
    const { fleetKey, version } = pool.target;
    try {
      const { environment, succeeded, ended } = await this.#fleet.initialiseAhead(fleetKey, {
        version,
        provisioned: true,
      });
      pool.starting -= 1;
      // A newer request may have replaced this pool. The environment then counts for the newer pool, if both pools are for the same version.
      const current = this.#pools.get(keyOf(pool.target)) ?? pool;
      const owner = current.target.version === version ? current : pool;
      if (succeeded && !owner.stopped && owner.environments.size < owner.target.requested) {
        owner.failures = 0;
        this.#keep(owner, environment);
        void ended?.then(() => this.#ended(keyOf(pool.target), environment));
      } else {
        if (!succeeded) owner.failures += 1;
        this.#retire(pool, environment);
        if (owner.status === "FAILED") for (const other of owner.environments) this.#retire(owner, other);
      }
      this.#announce(owner);
      this.#fill(owner);
    } catch (error) {
      pool.starting -= 1;
      // If the pool was stopped (the function was deleted, or the engine is closing), an error is expected and not reported.
      if (!pool.stopped) this.#report(`provisioned concurrency of ${fleetKey}: ${String(error)}`);
    }
  }

  #keep(pool: Pool, environment: string): void {
    pool.environments.add(environment);
  }

  #ended(key: string, environment: string): void {
    const pool = this.#pools.get(key);
    if (pool === undefined || !pool.environments.delete(environment)) return;
    this.#announce(pool);
    this.#fill(pool);
  }

  #end(pool: Pool): void {
    pool.stopped = true;
    for (const environment of pool.environments) this.#retire(pool, environment);
    this.#announce(pool);
  }

  #retire(pool: Pool, environment: string): void {
    pool.environments.delete(environment);
    // The fleet may have removed the function meanwhile.
    void Promise.resolve()
      .then(() => this.#fleet.retire(pool.target.fleetKey, { environment }, "fin"))
      .catch(() => undefined);
  }

  #announce(pool: Pool): void {
    const { fleetKey, version } = pool.target;
    this.#fleet.setProvisionedConcurrency(fleetKey, version, pool.environments.size);
  }
}

function keyOf({ fleetKey, qualifier }: Pick<PoolTarget, "fleetKey" | "qualifier">): string {
  return `${fleetKey}:${qualifier}`;
}
