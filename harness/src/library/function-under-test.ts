/** One function under the control of a test: it acts on the function, records what happened, and judges it on request. */
import { systemClock } from "../adapters/node/system-clock.ts";
import { invariant } from "../base/invariant.ts";
import type { EnvironmentDescription } from "../engine/fleet-contract.ts";
import type { Lever } from "../words/lever.ts";
import type { LogRecord } from "../record/log-record.ts";
import { ENDINGS, PLACEMENTS, SELECTORS, type Selector } from "../record/plan.ts";
import type { FunctionResult } from "../result/function-result.ts";
import type { EvidenceRecorder } from "../explore/evidence-recorder.ts";
import { judgeRun } from "../judge/judge-run.ts";
import { swimLane } from "../report/text/swim-lane.ts";
import { durationMs, parseIsoTime, epochMs } from "../base/time.ts";
import {
  harmed,
  LifecycleExpectationError,
  passed,
  unharmed,
  withPicture,
  type Unmet,
} from "./expectation.ts";
import type {
  Environment,
  FunctionChange,
  FunctionUnderTest,
  Invocation,
  InvokeOptions,
  RetireOptions,
} from "./function-face.ts";
import type { FunctionParts } from "./function-parts.ts";
import { checkOptions } from "./known-options.ts";
import { checkKnown } from "./known-value.ts";
import { Provocation } from "./provocation.ts";
import { oursOf, recorderOf, recordsOf } from "./recorder-of.ts";

/** Three environments fit side by side, and the picture fits into a test runner's output. */
const PICTURE_COLUMNS = 100;

export function makeFunction(parts: FunctionParts): FunctionUnderTest {
  return new LocalFunction(parts);
}

class LocalFunction implements FunctionUnderTest {
  readonly name: string;
  readonly arn: string;
  readonly #parts: FunctionParts;
  readonly #recorder: EvidenceRecorder;
  readonly #provocation: Provocation;
  #environment: Readonly<Record<string, string>>;
  #updates = 0;

  constructor(parts: FunctionParts) {
    this.name = parts.name;
    this.arn = parts.facts.functionArn;
    this.#parts = parts;
    this.#environment = parts.environment;
    this.#recorder = recorderOf(parts);
    this.#provocation = new Provocation({
      ...parts,
      record: (event) => this.#recorder.changed(event),
      logs: () => this.logs(),
    });
  }

  async initialiseAhead(): Promise<Environment & { readonly initialised: boolean }> {
    const applied = this.#recorder.platformActs({ action: "initialise-ahead" });
    const { environment, succeeded } = await this.#parts.fleet.initialiseAhead(this.name);
    applied([environment]);
    const made = this.environments().find(({ id }) => id === environment);
    invariant(made !== undefined, "an environment that was just made exists");
    return { ...made, initialised: succeeded };
  }

  async invoke(event: unknown = {}, options: InvokeOptions = {}): Promise<Invocation> {
    const { placement } = checkOptions("invoke", options);
    const { fleet, driver, facts } = this.#parts;
    if (typeof placement === "string") checkKnown("placement", placement, PLACEMENTS);
    const { functionName, ...tenant } = await this.#provocation.next(placement);
    if (placement !== undefined)
      fleet.placeNext(
        this.name,
        typeof placement === "string" ? { placement } : { environment: placement.id },
      );
    const before = new Map(this.environments().map(({ id, invocations }) => [id, invocations]));
    const ended = this.#recorder.invocationSent(tenant);
    const payload = new TextEncoder().encode(JSON.stringify(event));
    const answer = await driver.invoke(
      functionName,
      { payload, functionTimeoutMs: facts.timeoutMs, ...tenant },
      new AbortController().signal,
    );
    ended(answer);
    const ran = this.environments().find(({ id, invocations }) => invocations > (before.get(id) ?? 0));
    return {
      ok: answer.outcome.outcome === "succeeded",
      outcome: answer.outcome,
      payload: answer.payload,
      requestId: answer.requestId,
      environment: ran?.id ?? null,
    };
  }

  async freeze(lengthMs: number): Promise<void> {
    const hold = await this.#parts.fleet.hold(this.name);
    try {
      await systemClock.sleep(durationMs(lengthMs));
    } finally {
      hold.release();
    }
  }

  async retire(
    which: Environment | Selector = "oldest-idle",
    options: RetireOptions = {},
  ): Promise<readonly string[]> {
    const { ending = "fin" } = checkOptions("retire", options);
    checkKnown("ending", ending, ENDINGS);
    const chosen = whichOf(which);
    const applied = this.#recorder.platformActs({
      action: "retire",
      selector: typeof which === "string" ? which : "oldest-idle",
      ending,
    });
    const retired = await this.#parts.fleet.retire(this.name, chosen, ending);
    applied(retired);
    return retired;
  }

  async crash(which: Environment | Selector = "oldest-idle"): Promise<readonly string[]> {
    const chosen = whichOf(which);
    const applied = this.#recorder.platformActs({
      action: "crash",
      selector: typeof which === "string" ? which : "oldest-idle",
    });
    const crashed = await this.#parts.fleet.crash(this.name, chosen);
    applied(crashed);
    return crashed;
  }

  async update(change: FunctionChange = {}): Promise<void> {
    checkOptions("update", change);
    await this.unprovoke();
    const applied = this.#recorder.platformActs({ action: "update" });
    this.#updates += 1;
    this.#environment = { ...this.#environment, ...change.environment };
    const zip = change.code === undefined ? null : await this.#parts.loadCode(change.code);
    const configuration =
      zip === null || change.environment !== undefined
        ? { environment: this.#environment, description: `update ${this.#updates}` }
        : null;
    await this.#parts.updater.update({ functionName: this.name, zip, configuration });
    applied([]);
  }

  provoke(...levers: readonly Lever[]): Promise<void> {
    return this.#provocation.pull(levers);
  }

  unprovoke(): Promise<void> {
    return this.#provocation.undo();
  }

  environments(): readonly Environment[] {
    return this.#parts.fleet.environments(this.name).map(asTestsSeeIt);
  }

  async logs(): Promise<readonly LogRecord[]> {
    const { logs, facts } = this.#parts;
    const records: LogRecord[] = [];
    const from = parseIsoTime(facts.lastModified) ?? epochMs(0);
    for await (const page of logs.read(facts.logGroup, from, new AbortController().signal))
      records.push(...page);
    return records;
  }

  async analyze(): Promise<FunctionResult> {
    const { fleet } = this.#parts;
    const ours = oursOf(this.#parts);
    const linkLog = fleet.linkRecords(0).records.filter(({ functionName }) => functionName === this.name);
    const records = await this.logs();
    const evidence = this.#recorder.evidence({
      records,
      linkLog,
      peerLog: ours.length === 0 ? null : ours.flatMap(recordsOf),
    });
    const [result] = judgeRun(evidence).functions;
    invariant(result !== undefined, "there is a result for each function in the evidence");
    return result;
  }

  async swimLane(): Promise<string> {
    return swimLane(await this.analyze(), PICTURE_COLUMNS);
  }

  expectUnharmed(): Promise<void> {
    return this.#expect(unharmed);
  }

  expectPass(): Promise<void> {
    return this.#expect(passed);
  }

  expectHarm(): Promise<void> {
    return this.#expect(harmed);
  }

  async #expect(expectation: (result: FunctionResult) => Unmet): Promise<void> {
    const result = await this.analyze();
    const unmet = expectation(result);
    if (unmet !== null)
      throw new LifecycleExpectationError([...unmet, "", swimLane(result, PICTURE_COLUMNS), ""].join("\n"));
  }

  async check<Result>(body: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await body();
    } catch (thrown) {
      throw withPicture(thrown, await this.swimLane());
    }
  }
}

function whichOf(
  which: Environment | Selector,
): { readonly selector: Selector } | { readonly environment: string } {
  if (typeof which !== "string") return { environment: which.id };
  checkKnown("environment", which, SELECTORS);
  return { selector: which };
}

function asTestsSeeIt({
  environment,
  state,
  frozen,
  invocations,
  openConnections,
  generation,
}: EnvironmentDescription): Environment {
  return { id: environment, state, frozen, invocations, openConnections, generation };
}
