/** The boots of an environment, one after the other, and the server of the in-environment APIs, which serves the current boot. */
import { invariant } from "../../domain/invariant.ts";
import { ApiServer } from "../environment-api/api-server.ts";
import { EnvironmentBoot, type BootFacts } from "./environment-boot.ts";

export class EnvironmentBoots {
  /** Null before the first boot and after the environment's end. */
  current: EnvironmentBoot | null = null;
  private readonly facts: Omit<BootFacts, "apiAddress">;
  private api: ApiServer | null = null;
  private started = 0;

  constructor(facts: Omit<BootFacts, "apiAddress">) {
    this.facts = facts;
  }

  /** The current boot, or the last one if its processes have ended. */
  get latest(): EnvironmentBoot {
    invariant(this.current !== null, "the environment has been booted");
    return this.current;
  }

  async listen(): Promise<void> {
    this.api = await ApiServer.open(() => this.current);
  }

  start(): void {
    invariant(this.api !== null, "the Runtime API listens before a process starts");
    const { parts, memory, offer } = this.facts;
    this.started += 1;
    parts.link?.beginBoot(this.started);
    const boot: EnvironmentBoot = new EnvironmentBoot({
      ...this.facts,
      apiAddress: this.api.address,
      // A report of an earlier boot that arrives late is ignored.
      offer: (move, failure) => this.current === boot && offer(move, failure),
    });
    this.current = boot;
    memory.beginBoot(boot.processes);
    boot.start();
  }

  close(): void {
    this.current = null;
    this.api?.close();
  }
}
