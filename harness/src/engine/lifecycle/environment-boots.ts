/** The boots of an environment, one after the other, and the server of the in-environment APIs. */
import { invariant } from "../../base/invariant.ts";
import { ApiServer } from "../environment-api/api-server.ts";
import { EnvironmentBoot, type BootFacts } from "./environment-boot.ts";

export class EnvironmentBoots {
  /** Null before the first boot and after the environment's end. */
  current: EnvironmentBoot | null = null;
  readonly #facts: Omit<BootFacts, "apiAddress">;
  #api: ApiServer | null = null;
  #parked: EnvironmentBoot | null = null;
  #started = 0;

  constructor(facts: Omit<BootFacts, "apiAddress">) {
    this.#facts = facts;
  }

  /** The current boot, or the last one if its processes have ended. */
  get latest(): EnvironmentBoot {
    invariant(this.current !== null, "the environment has been booted");
    return this.current;
  }

  async listen(): Promise<void> {
    this.#api ??= await ApiServer.open(() => this.current);
  }

  /** Starts the process of the first boot, which waits for `start`. */
  park(): void {
    this.#parked = this.#create();
    this.#parked.park();
  }

  get isParked(): boolean {
    return this.#parked?.parked ?? false;
  }

  start(): void {
    const { parts, memory } = this.#facts;
    this.#started += 1;
    parts.link?.beginBoot(this.#started);
    const boot = this.#parked?.parked === true ? this.#parked : this.#create();
    this.#parked = null;
    this.current = boot;
    memory.beginBoot(boot.processes);
    boot.start();
  }

  /** Closes the server of the APIs and ends a parked process. Resolves when this process has ended. */
  async close(): Promise<void> {
    this.current = null;
    this.#api?.close();
    await this.#parked?.processes.kill();
  }

  #create(): EnvironmentBoot {
    invariant(this.#api !== null, "the Runtime API listens before a process starts");
    const boot: EnvironmentBoot = new EnvironmentBoot({
      ...this.#facts,
      apiAddress: this.#api.address,
      // A report of an earlier boot that arrives late is ignored.
      offer: (move, failure) => this.current === boot && this.#facts.offer(move, failure),
    });
    return boot;
  }
}
