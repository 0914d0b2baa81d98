/** Ends the processes of an environment, for a reset or at its end, and removes what belonged to an ended environment. */
import { invariant } from "../../base/invariant.ts";
import type { Ending } from "../../record/plan.ts";
import { isoTime } from "../../base/time.ts";
import type { EnvironmentBoot, StopReason } from "./environment-boot.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import type { OfferMove } from "./environment-state.ts";

export class EnvironmentEnd {
  ending: Ending = "fin";
  /** True if the environment ends only because the engine ends. Such an end is not recorded. */
  withEngine = false;
  linkEnded: Promise<void> = Promise.resolve();
  /** The latest reset, which may still be running; resolved if there was none. */
  reset: Promise<void> = Promise.resolve();
  /** Resolves when all processes and folders are gone. */
  readonly ended: Promise<void>;
  readonly #parts: EnvironmentParts;
  readonly #offer: OfferMove;
  #stops = 0;
  #settleEnded: () => void = () => undefined;

  constructor(parts: EnvironmentParts, offer: OfferMove) {
    this.#parts = parts;
    this.#offer = offer;
    this.ended = new Promise((resolve) => {
      this.#settleEnded = resolve;
    });
  }

  /** Resets the environment: ends its processes, but keeps the environment (docs/aws/lifecycle.md#reset). */
  stopProcesses(boot: EnvironmentBoot | null, reason: "timeout" | "failure"): void {
    this.reset = this.#stop(boot, { reason, ending: "fin", graceful: true }, () => {
      void this.#parts.link?.finishEnding("fin", 0);
      this.#processesGone();
    });
  }

  /** `graceful` says whether there is a Shutdown phase. */
  shutDown(boot: EnvironmentBoot | null, graceful: boolean): void {
    void this.#stop(boot, { reason: "spindown", ending: this.ending, graceful }, () => {
      const { link, services } = this.#parts;
      this.linkEnded =
        link?.finishEnding(this.ending, services.options.peerCloseTimeoutMs) ?? Promise.resolve();
      this.#processesGone();
    });
  }

  /** `processesEnded`: resolves when no process uses the environment's folder. */
  remove(processesEnded: Promise<void>): void {
    if (!this.withEngine) this.#record();
    this.#parts.link?.stopListening();
    void processesEnded.then(() => this.#removeFolder()).finally(() => this.#settleEnded());
  }

  async #removeFolder(): Promise<void> {
    const { id, home, services } = this.#parts;
    services.processes.forget(id);
    const left = await home.remove();
    if (left !== null) services.options.report(`the folder of an ended environment ${left}`);
  }

  #processesGone(): void {
    invariant(this.#offer("processes-gone"), "an environment waits for the processes that it stops");
  }

  #record(): void {
    const { id, services, snapshot } = this.#parts;
    services.ends.add({
      result: "ended",
      functionName: snapshot.functionName,
      environment: id,
      time: isoTime(services.options.clock.now()),
      ending: this.ending,
    });
  }

  /** Calls `gone` unless `stop` was called again. No `await` may come between this check and `gone`: two stops can finish in one tick. */
  async #stop(boot: EnvironmentBoot | null, reason: StopReason, gone: () => void): Promise<void> {
    this.#stops += 1;
    const serial = this.#stops;
    await boot?.stop(reason);
    if (serial === this.#stops) gone();
  }
}
