import { expect } from "chai";
import * as fc from "fast-check";
import { CREATED, transition, type LifecycleState } from "../../../src/engine/lifecycle/environment-state.ts";
import type { LifecycleMove } from "../../../src/engine/lifecycle/environment-state.ts";

/** Every move; the compiler reports one that is missing here. */
const EVERY_MOVE: Readonly<Record<LifecycleMove, true>> = {
  start: true,
  "extension-registered": true,
  "runtime-ready": true,
  "everyone-ready": true,
  "init-error": true,
  "process-exit": true,
  "memory-exceeded": true,
  deadline: true,
  invoke: true,
  answer: true,
  "processes-gone": true,
  retire: true,
  destroy: true,
};
const MOVES = Object.keys(EVERY_MOVE) as readonly LifecycleMove[];

const STATES: Readonly<Record<string, LifecycleState>> = {
  created: { name: "created" },
  init: { name: "initialising", phase: "init" },
  "repeated init": { name: "initialising", phase: "invoke" },
  idle: { name: "idle", initialised: true },
  "idle without a process": { name: "idle", initialised: false },
  invoking: { name: "invoking", answered: false },
  answered: { name: "invoking", answered: true },
  "resetting after init": { name: "resetting", during: "init" },
  "resetting while idle": { name: "resetting", during: "idle" },
  "resetting in an invocation": { name: "resetting", during: "invoke" },
  "shutting down": { name: "shutting-down" },
  ended: { name: "ended" },
};

/** Every legal move: the state to which it leads and its effects. All other moves are refused. */
const TABLE: Readonly<Record<string, Readonly<Partial<Record<LifecycleMove, readonly [string, string]>>>>> = {
  created: {
    start: ["init", "log-init-start arm-init-limit start-processes"],
    retire: ["ended", "settle-init-failed remove"],
    destroy: ["ended", "settle-init-failed remove"],
  },
  init: {
    "extension-registered": ["init", "start-runtime"],
    "runtime-ready": ["init", "log-runtime-initialised"],
    "memory-exceeded": ["init", "kill-runtime"],
    "everyone-ready": ["idle", "disarm freeze log-init-done settle-init-succeeded"],
    "init-error": ["resetting after init", "disarm stop-processes"],
    "process-exit": ["resetting after init", "disarm stop-processes"],
    deadline: ["resetting after init", "disarm stop-processes"],
    retire: ["shutting down", "disarm destroy"],
    destroy: ["shutting down", "disarm destroy"],
  },
  "repeated init": {
    "extension-registered": ["repeated init", "start-runtime"],
    "runtime-ready": ["repeated init", "log-runtime-initialised"],
    "memory-exceeded": ["repeated init", "kill-runtime"],
    "everyone-ready": ["invoking", "log-init-done log-start deliver-event"],
    "init-error": ["resetting in an invocation", "disarm stop-processes"],
    "process-exit": ["resetting in an invocation", "disarm stop-processes"],
    deadline: ["resetting in an invocation", "disarm stop-processes"],
    retire: ["shutting down", "disarm break-invocation destroy"],
    destroy: ["shutting down", "disarm break-invocation destroy"],
  },
  idle: {
    "memory-exceeded": ["idle", "kill-runtime"],
    invoke: ["invoking", "deliver-event thaw arm-function-timeout log-start"],
    "process-exit": ["resetting while idle", "stop-processes"],
    retire: ["shutting down", "shut-down"],
    destroy: ["shutting down", "destroy"],
  },
  "idle without a process": {
    invoke: ["repeated init", "arm-function-timeout log-repeated-init-start start-processes"],
    retire: ["shutting down", "shut-down"],
    destroy: ["shutting down", "destroy"],
  },
  invoking: {
    "memory-exceeded": ["invoking", "kill-runtime"],
    answer: ["answered", "give-answer"],
    "process-exit": ["resetting in an invocation", "disarm stop-processes"],
    deadline: ["resetting in an invocation", "disarm stop-processes"],
    retire: ["shutting down", "disarm break-invocation destroy"],
    destroy: ["shutting down", "disarm break-invocation destroy"],
  },
  answered: {
    "memory-exceeded": ["answered", "kill-runtime"],
    "everyone-ready": ["idle", "disarm freeze log-end send-answer"],
    "process-exit": ["resetting in an invocation", "disarm stop-processes"],
    deadline: ["resetting in an invocation", "disarm stop-processes"],
    retire: ["shutting down", "disarm break-invocation destroy"],
    destroy: ["shutting down", "disarm break-invocation destroy"],
  },
  "resetting after init": {
    "memory-exceeded": ["resetting after init", "kill-runtime"],
    "processes-gone": ["idle without a process", "log-init-failed settle-init-failed"],
    "process-exit": ["resetting after init", ""],
    retire: ["shutting down", "destroy"],
    destroy: ["shutting down", "destroy"],
  },
  "resetting while idle": {
    "memory-exceeded": ["resetting while idle", "kill-runtime"],
    "processes-gone": ["idle without a process", ""],
    "process-exit": ["resetting while idle", ""],
    retire: ["shutting down", "destroy"],
    destroy: ["shutting down", "destroy"],
  },
  "resetting in an invocation": {
    "memory-exceeded": ["resetting in an invocation", "kill-runtime"],
    "processes-gone": ["idle without a process", "log-failed-end send-answer"],
    "process-exit": ["resetting in an invocation", ""],
    retire: ["shutting down", "break-invocation destroy"],
    destroy: ["shutting down", "break-invocation destroy"],
  },
  "shutting down": {
    "memory-exceeded": ["shutting down", "kill-runtime"],
    "process-exit": ["shutting down", ""],
    "processes-gone": ["ended", "settle-init-failed remove"],
    destroy: ["shutting down", "destroy"],
  },
  ended: {},
};

describe("the state machine of an environment", () => {
  for (const [name, state] of Object.entries(STATES)) {
    for (const move of MOVES) {
      const expected = TABLE[name]?.[move];
      const title =
        expected === undefined
          ? "is refused"
          : `leads to ${expected[0]} (${expected[1] === "" ? "nothing to do" : expected[1]})`;
      it(`${name}: ${move} ${title}`, () => {
        const next = transition(state, move);
        if (expected === undefined) expect(next).to.equal(null);
        else
          expect(next).to.deep.equal({
            state: STATES[expected[0]],
            effects: expected[1] === "" ? [] : expected[1].split(" "),
          });
      });
    }
  }

  it("reaches exactly the states of the table", () => {
    const known = new Set(Object.values(STATES).map((state) => JSON.stringify(state)));
    const reached = new Set<string>();
    const visit = (state: LifecycleState): void => {
      if (reached.has(JSON.stringify(state))) return;
      reached.add(JSON.stringify(state));
      for (const move of MOVES) {
        const next = transition(state, move);
        if (next !== null) visit(next.state);
      }
    };
    visit(CREATED);
    expect(reached).to.deep.equal(known);
  });

  it("answers or breaks off each invocation exactly once, in any sequence of moves", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MOVES), { maxLength: 60 }), (moves) => {
        let state = CREATED;
        let open = 0;
        let removed = 0;
        for (const move of moves) {
          const next = transition(state, move);
          if (next === null) continue;
          if (move === "invoke") open += 1;
          for (const effect of next.effects) {
            if (effect === "send-answer" || effect === "break-invocation") open -= 1;
            if (effect === "remove") removed += 1;
          }
          state = next.state;
          expect(open).to.be.within(0, 1);
          expect(removed).to.equal(state.name === "ended" ? 1 : 0);
          if (state.name === "idle" || state.name === "ended") expect(open).to.equal(0);
        }
      }),
    );
  });
});
