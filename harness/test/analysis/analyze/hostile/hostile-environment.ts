/**
 * One execution environment with handler-connect. Each step of its process is scheduled separately, and the process or the environment may
 * end between any two steps. Writes the lines that the platform and the function would write.
 */
import type { TestEnvironment } from "../story.ts";
import { iso } from "../story-options.ts";
import { RelayedConnection, type PeerState } from "./relayed-connection.ts";
import { Channel, type VirtualClock } from "./virtual-clock.ts";

export type InvocationEnded = "succeeded" | "threw" | "crashed" | "environment-ended";

interface Running {
  readonly requestId: string;
  readonly ended: (how: InvocationEnded) => void;
  connection: RelayedConnection | null;
  started: boolean;
  /** True when the runtime has answered, or the process or the environment has ended. After that, nothing else can end the invocation. */
  over: boolean;
}

export class HostileEnvironment {
  readonly id: string;
  generation: number;
  state: "starting" | "idle" | "invoking" | "gone" = "starting";
  lastEnded = 0;
  invocations = 0;
  /** Whether a process runs in this environment. */
  processAlive = false;
  running: Running | null = null;
  readonly #test: TestEnvironment;
  readonly #clock: VirtualClock;
  readonly #peerState: PeerState;
  readonly #steps: Channel;
  #boot = 0;
  #connections = 0;
  #sequence = 0;

  constructor(
    test: TestEnvironment,
    world: { readonly clock: VirtualClock; readonly peerState: PeerState },
    generation: number,
  ) {
    this.#test = test;
    this.id = test.id;
    this.#clock = world.clock;
    this.#peerState = world.peerState;
    this.#steps = new Channel(world.clock);
    this.generation = generation;
  }

  /** Runs the Init phase and calls `ready` at its end. An invocation may be waiting for this Init. */
  start(ready: () => void): void {
    const clock = this.#clock;
    const test = this.#test;
    test.platform("initStart", {
      initializationType: "on-demand",
      phase: "init",
      runtimeVersion: "nodejs:22.v50",
      functionName: test.run.options.name,
      functionVersion: "$LATEST",
    });
    this.#startProcess();
    clock.after(5 + clock.step(), () => {
      if (this.state === "gone") return;
      test.platform("initReport", {
        initializationType: "on-demand",
        phase: "init",
        status: "success",
        metrics: { durationMs: 5 },
      });
      this.state = "idle";
      ready();
    });
  }

  #startProcess(): void {
    this.#boot += 1;
    this.#sequence = 0;
    this.#connections = 0;
    this.processAlive = true;
    this.#line("boot", "init", null);
  }

  get token(): string {
    return `${this.id} ${this.#boot}`;
  }

  invoke(
    requestId: string,
    ended: Running["ended"],
    refused: (holder: RelayedConnection | null) => void,
  ): void {
    const clock = this.#clock;
    this.state = "invoking";
    this.running = { requestId, ended, connection: null, started: false, over: false };
    const again = !this.processAlive;
    if (again) this.#startProcess();
    clock.after(again ? 5 + clock.step() : clock.step(), () => {
      this.#test.platform("start", { requestId, version: "$LATEST" });
      if (this.running !== null) this.running.started = true;
      clock.after(clock.step(), () => this.#handle(requestId, refused));
    });
  }

  #handle(requestId: string, refused: (holder: RelayedConnection | null) => void): void {
    if (!this.#runs(requestId)) return;
    this.invocations += 1;
    const number = (this.#connections += 1);
    this.#line("invoke", "invoke", requestId);
    this.#next(requestId, () => {
      const own = (what: () => void) => () => this.#next(requestId, what);
      const writes = (event: string, outcome: string | null): void =>
        this.#line(event, "invoke", requestId, { outcome, connection: number });
      let served = false;
      const connection = new RelayedConnection(
        { clock: this.#clock, log: this.#test.run, peerState: this.#peerState },
        {
          environment: this.id,
          boot: this.#boot,
          hello: { bootId: this.#bootId, logStream: this.id, phase: "invoke" },
          owner: this.token,
        },
        {
          opened: own(() => connection.sends("hello")),
          answered: (answer) =>
            own(() => {
              served = answer === "welcome";
              writes("connect", served ? "accepted" : "refused");
              if (served) connection.sends("request");
            })(),
          replied: own(() => connection.ends("fin")),
          closed: own(() => {
            if (served) writes("disconnect", null);
            else connection.ends("fin");
            this.#next(requestId, () => this.#respond(requestId, served));
          }),
        },
      );
      connection.onRefused = refused;
      if (this.running !== null) this.running.connection = connection;
    });
  }

  #respond(requestId: string, served: boolean): void {
    if (this.running === null) return;
    this.running.over = true;
    if (!served)
      this.#test.write(
        JSON.stringify({
          timestamp: iso(this.#clock.now),
          level: "ERROR",
          requestId,
          message: { errorType: "PeerBusyError", errorMessage: "busy", stackTrace: [] },
        }),
      );
    this.#clock.after(this.#clock.step(), () => {
      this.#report(requestId, "success", null);
      this.#end(served ? "succeeded" : "threw");
    });
  }

  /** The process dies while it is idle or during an invocation. The environment stays alive. */
  crash(): void {
    const { running } = this;
    if (running?.over === true) return;
    this.processAlive = false;
    if (running === null) return;
    running.over = true;
    running.connection?.ends(this.#clock.chance() < 0.5 ? "fin" : "rst");
    this.#clock.after(this.#clock.step(), () => {
      this.#report(running.requestId, "error", "Runtime.ExitError");
      this.#end("crashed");
    });
  }

  /**
   * Ends the environment and calls `onEnded` when none of its processes is left. Does nothing if the environment has ended already, or if
   * its invocation is over and only the platform's lines about the end are still missing.
   */
  retire(ending: "fin" | "rst" | "silence", onEnded: () => void): void {
    const { running } = this;
    if (running?.over === true || this.state === "gone") return;
    this.processAlive = false;
    this.state = "gone";
    if (running !== null) {
      running.over = true;
      running.connection?.seal(ending === "silence" ? "silence" : "rst");
    }
    this.#clock.after(this.#clock.step(), () => {
      onEnded();
      if (running !== null) this.#end("environment-ended");
    });
  }

  #end(how: InvocationEnded): void {
    const { running } = this;
    this.running = null;
    if (this.state !== "gone") this.state = "idle";
    running?.ended(how);
  }

  #report(requestId: string, status: string, errorType: string | null): void {
    const more = errorType === null ? {} : { errorType };
    const metrics = { durationMs: 5 };
    this.#test.platform("runtimeDone", { requestId, status, metrics, ...more });
    this.#test.platform("report", {
      requestId,
      status,
      metrics: { ...metrics, billedDurationMs: 5, memorySizeMB: 128, maxMemoryUsedMB: 60 },
      ...more,
    });
  }

  #runs(requestId: string): boolean {
    return this.processAlive && this.running?.requestId === requestId && !this.running.over;
  }

  /** Schedules the next step of the process. The step is left out if the process has ended by then. */
  #next(requestId: string, what: () => void): void {
    this.#steps.send(() => {
      if (this.#runs(requestId)) what();
    });
  }

  get #bootId(): string {
    return `boot-${this.id.slice(-6)}-${this.#boot}`;
  }

  /** Writes a lifecycle line. The line is in the log even if the process dies directly afterwards. */
  #line(event: string, phase: string, requestId: string | null, members: Record<string, unknown> = {}): void {
    this.#sequence += 1;
    const message = JSON.stringify({
      longrun: 1,
      time: iso(this.#clock.now),
      event,
      bootId: this.#bootId,
      phase,
      requestId,
      sequence: this.#sequence,
      ...members,
    });
    this.#test.write(message);
  }
}
