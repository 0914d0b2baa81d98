/** How an environment's processes are ended, for a reset or for good, and what of the environment goes with them. When is environment-state.ts's. */
import type { Ending } from "../../domain/plan.ts";
import { isoTime } from "../../units/time.ts";
import type { EnvironmentBoot, StopReason } from "./environment-boot.ts";
import type { EnvironmentParts } from "./environment-parts.ts";

export interface EndingEnvironment {
  readonly parts: EnvironmentParts;
  readonly boot: () => EnvironmentBoot | null;
  /** No process is left, and no later stop has taken over. */
  readonly processesGone: () => void;
}

export class EnvironmentEnd {
  /** How the environment ends, when it does. */
  ending: Ending = "fin";
  /** It ends only because the engine does: nothing that the platform did. */
  withEngine = false;
  linkEnded: Promise<void> = Promise.resolve();
  /** The reset under way, or the last one. */
  reset: Promise<void> = Promise.resolve();
  /** Resolves when no process and no folder is left. */
  readonly ended: Promise<void>;
  private readonly environment: EndingEnvironment;
  private stops = 0;
  private settleEnded: () => void = () => undefined;

  constructor(environment: EndingEnvironment) {
    this.environment = environment;
    this.ended = new Promise((resolve) => {
      this.settleEnded = resolve;
    });
  }

  /** Reset: the environment stays, its processes go (docs/aws/lifecycle.md#reset). */
  stopProcesses(reason: "timeout" | "failure"): void {
    const { parts, processesGone } = this.environment;
    this.reset = this.stop({ reason, ending: "fin", graceful: true }).then((current) => {
      if (!current) return;
      void parts.link?.finishEnding("fin", 0);
      processesGone();
    });
  }

  /** `graceful`: with a Shutdown phase. */
  shutDown(graceful: boolean): void {
    const { parts, processesGone } = this.environment;
    void this.stop({ reason: "spindown", ending: this.ending, graceful }).then((current) => {
      if (!current) return;
      this.linkEnded =
        parts.link?.finishEnding(this.ending, parts.services.options.peerCloseTimeoutMs) ?? Promise.resolve();
      processesGone();
    });
  }

  remove(): void {
    const { parts } = this.environment;
    if (!this.withEngine) this.record();
    parts.link?.stopListening();
    void parts.home.remove().finally(() => this.settleEnded());
  }

  private record(): void {
    const { id, services, snapshot } = this.environment.parts;
    services.ends.add({
      result: "ended",
      functionName: snapshot.functionName,
      environment: id,
      time: isoTime(services.options.clock.now()),
      ending: this.ending,
    });
  }

  /** False: a later stop has taken over. */
  private async stop(reason: StopReason): Promise<boolean> {
    this.stops += 1;
    const serial = this.stops;
    await this.environment.boot()?.stop(reason);
    return serial === this.stops;
  }
}
