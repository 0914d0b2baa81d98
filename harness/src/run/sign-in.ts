/**
 * Watches whether AWS accepts the credentials. Refused credentials end the run. If the client cannot get credentials, the network may be
 * down or the user may be about to sign in, so the run goes on for ten minutes.
 */
import type { Clock } from "./ports/clock.ts";
import type { Progress } from "./ports/progress.ts";
import type { MonotonicMs } from "../base/time.ts";
import type { Stop } from "./stop.ts";

const WITHOUT_CREDENTIALS_MS = 600_000;

interface SignInPorts {
  readonly clock: Clock;
  readonly stop: Stop;
  readonly progress: Progress;
}

export class SignIn {
  readonly #ports: SignInPorts;
  #withoutSince: MonotonicMs | null = null;

  constructor(ports: SignInPorts) {
    this.#ports = ports;
  }

  accepted(): void {
    this.#withoutSince = null;
  }

  refused(): void {
    this.#ports.stop.requestDrain("signed-out");
  }

  withoutCredentials(why: string): void {
    const { clock, stop, progress } = this.#ports;
    const now = clock.monotonic();
    if (this.#withoutSince === null) {
      this.#withoutSince = now;
      progress.say(`there are no AWS credentials, trying again for ten minutes: ${why.split("\n")[0] ?? ""}`);
    }
    if (now - this.#withoutSince >= WITHOUT_CREDENTIALS_MS) stop.requestDrain("signed-out");
  }
}
