/**
 * A long local run of a correct handler (handler-connect) under the profile `hostile` or `partition`, with a virtual clock. The platform's
 * events happen at random times, so a coincidence that happens once in thousands of invocations happens many times here. Returns the logs
 * and also what really happened.
 */
import type { EndedEnvironment } from "../../../../src/record/ended-environment.ts";
import type { Evidence } from "../../../../src/record/evidence.ts";
import type { InvocationOutcome } from "../../../../src/record/invocation.ts";
import { iso } from "../story-options.ts";
import { TestRun } from "../story.ts";
import { PeerState } from "./relayed-connection.ts";
import { HostileEnvironment, type InvocationEnded } from "./hostile-environment.ts";
import { VirtualClock } from "./virtual-clock.ts";

export interface HostileOptions {
  readonly seed: number;
  readonly invocations: number;
  readonly platform: "hostile" | "partition";
  readonly intervalMs?: number;
}

export interface HostileRun {
  readonly evidence: Evidence;
  /** Request IDs of the invocations that could not reach the peer because of another environment or an earlier process. */
  readonly harmed: ReadonlySet<string>;
  /**
   * Request IDs of invocations that ended before a refusal arrived or before the peer decided. For them, both judgements (harmed and not
   * harmed) are right.
   */
  readonly disputable: ReadonlySet<string>;
  readonly ended: ReadonlyMap<InvocationEnded, number>;
  readonly answersLost: number;
}

const OUTCOMES: Readonly<Record<InvocationEnded, InvocationOutcome>> = {
  succeeded: { outcome: "succeeded" },
  threw: { outcome: "function-error", errorType: "PeerBusyError", errorMessage: "busy" },
  crashed: { outcome: "function-error", errorType: "Runtime.ExitError", errorMessage: "exited" },
  "environment-ended": {
    outcome: "invocation-error",
    errorType: "ServiceException",
    errorMessage: "the environment ended",
    status: 500,
  },
};
const RESET: InvocationOutcome = { outcome: "unknown", errorMessage: "read ECONNRESET" };

/** How many invocations at the end of the run get no platform events. A real plan has no events near its end either. */
const CALM_AT_END = 4;

export function hostileRun(options: HostileOptions): HostileRun {
  return new HostilePlatform(options).play();
}

class HostilePlatform {
  readonly #run = new TestRun();
  readonly #clock: VirtualClock;
  readonly #peerState = new PeerState();
  readonly #options: Required<HostileOptions>;
  readonly #alive: HostileEnvironment[] = [];
  readonly #gone: EndedEnvironment[] = [];
  readonly #harmed = new Set<string>();
  readonly #disputable = new Set<string>();
  readonly #ended = new Map<InvocationEnded, number>();
  #answersLost = 0;
  #generation = 1;
  #order = 0;
  #n = 0;
  #nextPlacement: "new" | "oldest" | "newest" | null = null;
  #over = false;

  constructor(options: HostileOptions) {
    this.#options = { intervalMs: 200, ...options };
    this.#clock = new VirtualClock(this.#run.now, options.seed, (now) => {
      this.#run.now = now;
    });
  }

  play(): HostileRun {
    this.#clock.after(1, () => this.#next());
    this.#clock.runUntil(() => this.#over);
    const evidence = this.#run.end();
    return {
      evidence: { ...evidence, applied: this.#gone },
      harmed: this.#harmed,
      disputable: this.#disputable,
      ended: this.#ended,
      answersLost: this.#answersLost,
    };
  }

  #next(): void {
    const clock = this.#clock;
    const options = this.#options;
    if (this.#n >= options.invocations) {
      this.#over = true;
      return;
    }
    const next = clock.now + options.intervalMs;
    if (this.#n < options.invocations - CALM_AT_END) this.#disturb();
    this.#send(() => clock.at(Math.max(next, clock.now + 1), () => this.#next()));
  }

  #send(done: () => void): void {
    const run = this.#run;
    const clock = this.#clock;
    const n = this.#n++;
    const sentAt = clock.now;
    const { name } = run.options;
    run.note({ event: "invocation-sent", function: name, n, dueAt: iso(clock.now), lateMs: 0 });
    const requestId = run.nextRequestId();
    const ended = (how: InvocationEnded): void => {
      this.#ended.set(how, (this.#ended.get(how) ?? 0) + 1);
      environment.lastEnded = this.#order += 1;
      clock.after(clock.step(), () => {
        const lost = how !== "environment-ended" && clock.chance() < 0.002;
        if (lost) this.#answersLost += 1;
        const length = clock.now - sentAt;
        run.note({
          event: "invocation-ended",
          function: name,
          n,
          requestId: lost ? null : requestId,
          executedVersion: lost ? null : "$LATEST",
          durationMs: length,
          latencyMs: length,
          ...(lost ? RESET : OUTCOMES[how]),
        });
        done();
      });
    };
    const refused = (): void => void (open ? this.#harmed : this.#disputable).add(requestId);
    let open = true;
    const begin = (): void =>
      environment.invoke(
        requestId,
        (how) => {
          open = false;
          ended(how);
        },
        () => {
          // A process that has died in the meantime does not receive the refusal.
          if (environment.processAlive && open) refused();
          else this.#disputable.add(requestId);
        },
      );
    const chosen = this.#chooseEnvironment();
    const environment = chosen ?? this.#create(begin);
    if (chosen !== null) clock.after(clock.step(), begin);
    environment.state = environment.state === "idle" ? "invoking" : environment.state;
    this.#interrupt(environment);
  }

  #chooseEnvironment(): HostileEnvironment | null {
    const idle = this.#alive.filter((one) => one.state === "idle" && one.generation === this.#generation);
    const placement = this.#nextPlacement;
    this.#nextPlacement = null;
    if (placement === "new") return null;
    if (placement === "oldest") return idle[0] ?? null;
    if (placement === "newest") return idle.at(-1) ?? null;
    return [...idle].sort((a, b) => b.lastEnded - a.lastEnded)[0] ?? null;
  }

  #create(ready: () => void): HostileEnvironment {
    const run = this.#run;
    const clock = this.#clock;
    const peerState = this.#peerState;
    const environment = new HostileEnvironment(run.environment(), { clock, peerState }, this.#generation);
    this.#alive.push(environment);
    clock.after(clock.step(), () => environment.start(ready));
    return environment;
  }

  /** Ends the process or the environment of the current invocation at a random time, in some of the invocations. */
  #interrupt(environment: HostileEnvironment): void {
    const clock = this.#clock;
    const options = this.#options;
    if (this.#n >= options.invocations - CALM_AT_END) return;
    const delay = clock.between(0, environment.processAlive ? 9 : 16);
    const draw = clock.chance();
    clock.after(delay, () => {
      // The engine too waits for the START: an invocation that ended before its START would be in no log stream.
      const { running } = environment;
      if (running?.started !== true || draw >= 0.06) return;
      // This attempt ends before the peer has decided about it. The peer might have refused it.
      const isUndecided = running.connection !== null && running.connection.admitted === null;
      if (isUndecided && this.#peerState.holder !== null && !running.over)
        this.#disputable.add(running.requestId);
      if (draw < 0.04) return environment.crash();
      if (options.platform === "hostile") return;
      if (draw < 0.045) this.#retire(environment, "silence");
      else if (draw < 0.06) this.#retire(environment, "rst");
    });
  }

  /** Schedules random events that do not concern the current invocation: new environments, placements, retirements, deployments, crashes. */
  #disturb(): void {
    const clock = this.#clock;
    const options = this.#options;
    const sometimes = (share: number, what: () => void): void => {
      if (clock.chance() < share) clock.after(clock.between(0, options.intervalMs), what);
    };
    const idle = (): HostileEnvironment | undefined =>
      clock.oneOf(this.#alive.filter((one) => one.state === "idle"));
    sometimes(0.04, () => void this.#create(() => {}));
    sometimes(0.05, () => {
      this.#nextPlacement = clock.oneOf(["new", "oldest", "newest"] as const) ?? null;
    });
    sometimes(0.05, () => {
      const one = idle();
      if (one !== undefined) this.#retire(one, clock.oneOf(["fin", "rst", "silence"] as const) ?? "fin");
    });
    sometimes(0.02, () => {
      for (const one of this.#alive.filter(({ state }) => state === "idle")) this.#retire(one, "fin");
    });
    sometimes(0.02, () => void (this.#generation += 1));
    sometimes(0.03, () => idle()?.crash());
  }

  #retire(environment: HostileEnvironment, ending: "fin" | "rst" | "silence"): void {
    environment.retire(ending, () => {
      this.#alive.splice(this.#alive.indexOf(environment), 1);
      this.#gone.push({
        result: "ended",
        functionName: this.#run.options.name,
        environment: environment.id,
        time: iso(this.#clock.now),
        ending,
      });
    });
  }
}
