/** Finds the boot that a connection of the peer's log or of a link belongs to. */
import { addBoot } from "../timeline/add-boot.ts";
import type {
  ObservedBoot,
  ObservedEnvironment,
  LinkConnection,
  ObservedPeerConnection,
} from "../timeline/environment.ts";
import { timeOf } from "./pair-attempts.ts";

/** Finds the boot that a hello or a link names. If no line of the log showed this boot, it is added. */
export class BootFinder {
  private readonly byId = new Map<string, ObservedBoot>();
  private readonly environments: ReadonlyMap<string, ObservedEnvironment>;
  private readonly toleranceMs: number;

  constructor(environments: readonly ObservedEnvironment[], toleranceMs: number) {
    this.toleranceMs = toleranceMs;
    this.environments = new Map(environments.map((environment) => [environment.id, environment]));
    for (const environment of environments) {
      for (const boot of environment.boots) if (boot.bootId !== null) this.byId.set(boot.bootId, boot);
    }
  }

  byLink(link: LinkConnection): ObservedBoot | null {
    const environment = this.environments.get(link.environment);
    return environment?.boots[link.boot - 1] ?? null;
  }

  byHello(connection: ObservedPeerConnection): ObservedBoot | null {
    const hello = connection.hello;
    if (hello === null) return null;
    const known = hello.bootId === null ? undefined : this.byId.get(hello.bootId);
    if (known !== undefined) return known;
    const environment = hello.logStream === null ? undefined : this.environments.get(hello.logStream);
    if (environment === undefined) return null;
    const time = timeOf(connection);
    const boot =
      environment.boots.findLast((one) => one.from <= time + this.toleranceMs) ?? environment.boots[0];
    if (hello.bootId === null) return boot ?? null;
    if (boot !== undefined && boot.bootId === null) {
      boot.bootId = hello.bootId;
      this.byId.set(hello.bootId, boot);
      return boot;
    }
    const added = addBoot(environment, hello.bootId, time);
    this.byId.set(hello.bootId, added);
    return added;
  }
}
