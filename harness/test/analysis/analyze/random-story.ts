/**
 * Makes random stories (scripts of runs) with four designs and the targets `local` and `aws`. Unknown clients, restarts of the peer and
 * bugs of the handler come in any order.
 */
import fc from "fast-check";
import type { Evidence } from "../../../src/record/evidence.ts";
import { drive, handlerConnect, initConnect, lazyConnect, swallowing, type Design } from "./designs.ts";
import type { StoryOptions } from "./story-options.ts";
import { TestRun, type TestEnvironment } from "./story.ts";
import type { TestConnection } from "./test-peer.ts";

type Step =
  | { readonly step: "ahead" }
  | { readonly step: "invoke"; readonly where: number; readonly times: number }
  | { readonly step: "new" }
  | { readonly step: "retire"; readonly where: number; readonly ending: "fin" | "rst" | "silence" }
  | { readonly step: "shutdown"; readonly where: number }
  | { readonly step: "dies"; readonly where: number; readonly ending: "fin" | "rst" | "silence" }
  | { readonly step: "timeout"; readonly where: number }
  | { readonly step: "bug"; readonly where: number }
  | { readonly step: "stranger"; readonly known: boolean }
  | { readonly step: "stranger-leaves" }
  | { readonly step: "peer-down" }
  | { readonly step: "peer-up" }
  | { readonly step: "idle-timeout" };

const where = fc.nat({ max: 5 });
const ending = fc.constantFrom("fin", "rst", "silence" as const);
/** One step of a story. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ step: "ahead" }) },
  {
    weight: 8,
    arbitrary: fc.record({
      step: fc.constant("invoke" as const),
      where,
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant<Step>({ step: "new" }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constant("retire" as const), where, ending }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("shutdown" as const), where }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("dies" as const), where, ending }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("timeout" as const), where }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("bug" as const), where }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant("stranger" as const), known: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant<Step>({ step: "stranger-leaves" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ step: "peer-down" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ step: "peer-up" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ step: "idle-timeout" }) },
);

export interface RandomStory {
  readonly design: Design;
  readonly steps: readonly Step[];
  readonly options: StoryOptions;
}

export const randomStory: fc.Arbitrary<RandomStory> = fc.record({
  design: fc.constantFrom(
    handlerConnect,
    handlerConnect,
    handlerConnect,
    initConnect,
    lazyConnect,
    swallowing,
  ),
  steps: fc.array(step, { minLength: 3, maxLength: 14 }),
  options: fc.record({
    target: fc.constantFrom("local", "aws" as const),
    format: fc.constantFrom("json-debug", "json-info", "text" as const),
    admission: fc.constantFrom("refuse", "refuse", "backlog", "evict" as const),
  }),
});

export function play({ design, steps, options }: RandomStory): Evidence {
  const run = new TestRun(options);
  const alive: TestEnvironment[] = [];
  let stranger: TestConnection | null = null;
  const create = (): TestEnvironment => {
    const environment = run.environment();
    alive.push(environment.init(() => design.init(environment)));
    run.wait(20);
    return environment;
  };
  const pick = (index: number): TestEnvironment => alive[index % Math.max(alive.length, 1)] ?? create();
  const end = (environment: TestEnvironment): void => void alive.splice(alive.indexOf(environment), 1);
  for (const one of steps) {
    switch (one.step) {
      case "ahead":
        create();
        break;
      case "invoke":
        drive(run, pick(one.where), design, one.times);
        break;
      case "new":
        drive(run, create(), design, 1);
        break;
      case "retire": {
        const environment = pick(one.where);
        environment.retire(one.ending);
        end(environment);
        break;
      }
      case "shutdown": {
        const environment = pick(one.where);
        environment.shutdown();
        end(environment);
        break;
      }
      case "dies": {
        const environment = pick(one.where);
        run.invoke(environment, (call) => {
          if (environment.connection === null) environment.connect();
          call.environmentEnds(one.ending);
        });
        end(environment);
        break;
      }
      case "timeout": {
        const environment = pick(one.where);
        run.invoke(environment, (call) => {
          run.wait(10_000);
          call.reset("timeout");
        });
        run.wait(10);
        environment.startBoot(() => design.init(environment));
        break;
      }
      case "bug":
        run.invoke(pick(one.where), (call) => call.throws("TypeError"));
        break;
      case "stranger":
        if (stranger === null && run.peerUp)
          stranger = run.arrive(one.known ? { bootId: null, logStream: "laptop", phase: null } : null, null);
        break;
      case "stranger-leaves":
        if (stranger !== null) run.leave(stranger);
        stranger = null;
        break;
      case "peer-down":
        run.peerDies();
        break;
      case "peer-up":
        if (!run.peerUp) run.peerReady();
        break;
      case "idle-timeout":
        if (run.holder !== null) {
          const connection = run.holder;
          run.leave(connection, "idle-timeout");
          run.linkClosed(connection, "peer", "fin");
        }
        break;
    }
    run.wait(500);
  }
  return run.end();
}
