import type { DurationMs, EpochMs } from "../../base/time.ts";
import { earlier, onAxis } from "../../base/clocks.ts";
import { itemsWithin } from "../../base/first-index.ts";
import { addBoot } from "../timeline/add-boot.ts";
import type {
  ObservedBoot,
  ObservedEnvironment,
  LinkConnection,
  ObservedPeerConnection,
} from "../timeline/environment.ts";
import { timeOf } from "./pair-attempts.ts";

/** Finds the boot that opened a connection, by the connection's hello or link. If no line of the log showed this boot, it is added. */
export class BootFinder {
  /** A process and all processes that were restored from its snapshot share one boot id. */
  readonly #byId = new Map<string, ObservedBoot[]>();
  readonly #environments: ReadonlyMap<string, ObservedEnvironment>;
  readonly #toleranceMs: DurationMs;

  constructor(environments: readonly ObservedEnvironment[], toleranceMs: DurationMs) {
    this.#toleranceMs = toleranceMs;
    this.#environments = new Map(environments.map((environment) => [environment.id, environment]));
    for (const environment of environments)
      for (const boot of environment.boots) if (boot.bootId !== null) this.#add(boot.bootId, boot);
  }

  byLink(link: LinkConnection): ObservedBoot | null {
    const environment = this.#environments.get(link.environment);
    return environment?.boots[link.boot - 1] ?? null;
  }

  byHello(connection: ObservedPeerConnection): ObservedBoot | null {
    const hello = connection.hello;
    if (hello === null) return null;
    const known = hello.bootId === null ? [] : (this.#byId.get(hello.bootId) ?? []);
    const [only] = known;
    const environment = hello.logStream === null ? undefined : this.#environments.get(hello.logStream);
    if (only !== undefined && !known.some(isOfSnapshot)) return only;
    if (only !== undefined && !this.#isFirstOf(environment, known, connection))
      return this.#bySnapshot(known, connection);
    if (environment === undefined || !this.#mayHaveOpened(environment, connection)) return null;
    const time = onAxis(timeOf(connection));
    const boot =
      environment.boots.findLast((one) => one.from <= time + this.#toleranceMs) ?? environment.boots[0];
    if (hello.bootId === null) return environment.boots.find((one) => ranAt(one, time)) ?? boot ?? null;
    if (boot !== undefined && boot.bootId === null) {
      boot.bootId = hello.bootId;
      this.#add(hello.bootId, boot);
      return boot;
    }
    const added = addBoot(environment, hello.bootId, time);
    this.#add(hello.bootId, added);
    return added;
  }

  /**
   * Returns the only boot that can have opened the connection at that time. If several can, the hello's log stream or a line of the
   * function decides.
   */
  #bySnapshot(known: readonly ObservedBoot[], connection: ObservedPeerConnection): ObservedBoot | null {
    const possible = known.filter(({ environment }) => this.#mayHaveOpened(environment, connection));
    const named = possible.filter(({ environment }) => environment.id === connection.hello?.logStream);
    const candidates = named.length > 0 ? named : possible;
    if (candidates.length > 1) return onlyOf(candidates.filter((boot) => this.#wroteNear(boot, connection)));
    return onlyOf(candidates);
  }

  /** Whether the hello names a restored environment of which nothing has shown the snapshot's boot id yet, for example because its lines are missing. */
  #isFirstOf(
    environment: ObservedEnvironment | undefined,
    known: readonly ObservedBoot[],
    connection: ObservedPeerConnection,
  ): boolean {
    return (
      environment?.restored === true &&
      !known.some((boot) => boot.environment === environment) &&
      this.#mayHaveOpened(environment, connection)
    );
  }

  #wroteNear({ attempts }: ObservedBoot, connection: ObservedPeerConnection): boolean {
    const at = onAxis(timeOf(connection));
    const near = { from: at - this.#toleranceMs, to: at + this.#toleranceMs };
    return itemsWithin(attempts, ({ time }) => time, near).some(({ ownLine }) => ownLine);
  }

  /**
   * Connections from before a restore can only belong to the environment that made the snapshot. Connections from after the snapshot can
   * only belong to restored environments.
   */
  #mayHaveOpened(environment: ObservedEnvironment, connection: ObservedPeerConnection): boolean {
    const openedAt = onAxis(earlier(connection.firstAt, timeOf(connection)));
    const { restored, snapshot, firstLine, end } = environment;
    if (restored && openedAt < firstLine - this.#toleranceMs) return false;
    return !(snapshot || restored) || end === null || openedAt <= end + this.#toleranceMs;
  }

  #add(bootId: string, boot: ObservedBoot): void {
    const known = this.#byId.get(bootId);
    if (known === undefined) this.#byId.set(bootId, [boot]);
    else known.push(boot);
  }
}

/**
 * Processes whose Inits fail can follow each other faster than the tolerance. So if a process was reset, the connections until then belong
 * to that process.
 */
function ranAt({ from, to, reset }: ObservedBoot, time: EpochMs): boolean {
  return reset !== null && to !== null && from <= time && time <= to;
}

function onlyOf<T>(all: readonly T[]): T | null {
  const [first, ...others] = all;
  return others.length === 0 ? (first ?? null) : null;
}

function isOfSnapshot({ environment }: ObservedBoot): boolean {
  return environment.restored || environment.snapshot;
}
