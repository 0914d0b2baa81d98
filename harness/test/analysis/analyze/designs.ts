/**
 * The function designs (docs/designs.md) for test stories: what the module does in Init, and what the handler does in an invocation.
 */
import type { TestCall, TestEnvironment, TestRun } from "./story.ts";

export interface Design {
  readonly name: string;
  init(environment: TestEnvironment): void;
  invoke(call: TestCall): void;
}

/** Uses the open connection, or makes one attempt. Without a connection the handler throws. */
function useKept(call: TestCall): void {
  const { environment } = call;
  if (environment.connection?.state === "over") {
    environment.line("disconnect", { outcome: "evicted" });
    environment.connection = null;
  }
  if (environment.connection === null) {
    const outcome = environment.connect();
    if (outcome !== "accepted")
      return call.throws(outcome === "refused" ? "PeerBusyError" : "PeerTimedOutError");
  }
  call.exchange();
}

export const initConnect: Design = {
  name: "init-connect",
  init: (environment) => void environment.connect(),
  invoke: useKept,
};

export const lazyConnect: Design = { name: "lazy-connect", init: () => {}, invoke: useKept };

export const handlerConnect: Design = {
  name: "handler-connect",
  init: () => {},
  invoke: (call) => {
    const { environment } = call;
    const outcome = environment.connect();
    if (outcome !== "accepted")
      return call.throws(outcome === "refused" ? "PeerBusyError" : "PeerTimedOutError");
    call.exchange();
    environment.disconnect();
  },
};

/** Fails no invocation, whatever the peer answers. */
export const swallowing: Design = {
  name: "swallowing",
  init: (environment) => void environment.connect(),
  invoke: (call) => {
    const { environment } = call;
    if (environment.connection === null && environment.connect() !== "accepted") return;
    call.exchange();
  },
};

export const neverConnecting: Design = { name: "never-connecting", init: () => {}, invoke: () => {} };

/** Invokes the environment `times` times, once each second. */
export function drive(run: TestRun, environment: TestEnvironment, design: Design, times: number): void {
  for (let index = 0; index < times; index += 1) {
    run.invoke(environment, (call) => design.invoke(call));
    run.wait(1_000);
  }
}

/**
 * The platform event `ahead-elsewhere` of docs/contracts.md#the-platform: retires all environments by FIN, initialises an environment that
 * is not invoked, and places the next invocation in another new environment.
 */
export function aheadElsewhere(
  run: TestRun,
  design: Design,
  options: { readonly before?: number; readonly during?: number; readonly after?: number } = {},
): void {
  const first = run.environment().init(() => design.init(run.environments[0] as TestEnvironment));
  drive(run, first, design, options.before ?? 5);
  first.retire("fin");
  run.wait(50);
  const silent = run.environment();
  silent.init(() => design.init(silent));
  run.wait(30);
  const invoked = run.environment();
  invoked.init(() => design.init(invoked));
  drive(run, invoked, design, options.during ?? 5);
  silent.retire("fin");
  run.wait(100);
  drive(run, invoked, design, options.after ?? 5);
}

export function calm(run: TestRun, design: Design, times = 10): void {
  const only = run.environment();
  only.init(() => design.init(only));
  drive(run, only, design, times);
}

/** The same as init-connect. What it does at SIGTERM is in `TestEnvironment.shutdown`. */
export const gracefulConnect: Design = {
  name: "graceful-connect",
  init: (environment) => void environment.connect(),
  invoke: useKept,
};

/** Makes an environment and runs its Init to the end. `init` is what its module does. */
export function ready(
  run: TestRun,
  init: (environment: TestEnvironment) => void = () => {},
): TestEnvironment {
  const environment = run.environment();
  return environment.init(() => init(environment));
}

export const connects = (environment: TestEnvironment): void => void environment.connect();

export const waitOneSecond = (run: TestRun): void => void run.wait(1_000);

/**
 * Adds an environment that is never invoked and a handler-connect environment that is invoked twice, so that the run has an exposure.
 * Returns the second environment.
 */
export function exposed(run: TestRun): TestEnvironment {
  ready(run);
  const environment = ready(run);
  drive(run, environment, handlerConnect, 2);
  return environment;
}
