/** One function under the control of a test: it acts on the function, records what happened, and judges it on request. */
import type { IsolationKind } from "../domain/isolation.ts";
import type { LocalUpdater } from "../adapters/aws/local-updater.ts";
import { systemClock } from "../adapters/node/system-clock.ts";
import { toolVersion } from "../adapters/node/tool-version.ts";
import { DEFAULT_CAPACITY } from "../domain/capacity.ts";
import { invariant } from "../domain/invariant.ts";
import type { LogRecord } from "../domain/log-record.ts";
import type { PeerLogRecord } from "../domain/peer-log.ts";
import { ENDINGS, PLACEMENTS, SELECTORS, type Selector } from "../domain/plan.ts";
import type { FunctionResult } from "../domain/function-result.ts";
import type { Fleet } from "../engine/fleet-contract.ts";
import { EvidenceRecorder } from "../explore/evidence-recorder.ts";
import { judgeRun } from "../judge/judge-run.ts";
import type { RanOn } from "../runtimes/interpreter-notice.ts";
import type { FunctionDriver, FunctionFacts } from "../ports/function-driver.ts";
import type { LogSource } from "../ports/log-source.ts";
import { swimLane } from "../report/text/swim-lane.ts";
import { durationMs, parseIsoTime, epochMs } from "../units/time.ts";
import { describeEnvironment } from "./describe-environment.ts";
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
import type { OwnPeer } from "./engine-face.ts";
import { checkOptions } from "./known-options.ts";
import { checkKnown } from "./known-value.ts";
import type { PeerUnderTest } from "./peer-face.ts";

export interface FunctionParts {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The name is null if there is only one peer. */
  readonly peers: ReadonlyMap<string | null, PeerUnderTest | OwnPeer>;
  readonly strangers: readonly string[];
  readonly facts: FunctionFacts;
  readonly runtime: string;
  readonly program: RanOn;
  readonly fleet: Fleet;
  readonly isolation: IsolationKind;
  readonly driver: FunctionDriver;
  readonly logs: LogSource;
  readonly updater: LocalUpdater;
  readonly loadCode: (file: string) => Promise<Uint8Array>;
}

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
  #environment: Readonly<Record<string, string>>;
  #updates = 0;

  constructor(parts: FunctionParts) {
    const { name, facts, peers } = parts;
    const ours = oursOf(parts);
    const only = peers.get(null);
    this.name = name;
    this.arn = facts.functionArn;
    this.#parts = parts;
    this.#environment = parts.environment;
    this.#recorder = new EvidenceRecorder(systemClock, {
      label: name,
      functionName: name,
      functionArn: facts.functionArn,
      logGroup: facts.logGroup,
      timeoutMs: facts.timeoutMs,
      runtime: parts.runtime,
      program: parts.program,
      // It is not known how the user's own peer admits connections, so the admission is given only if all peers are ours.
      admission: ours.length === peers.size ? (ours[0]?.peer.admission ?? null) : null,
      capacity: only?.capacity ?? null,
      peers: [...peers].flatMap(([peerName, { host, port, capacity }]) =>
        peerName === null
          ? []
          : [
              {
                ...{ name: peerName, host, port },
                capacity: capacity ?? DEFAULT_CAPACITY,
                capacityGiven: capacity !== undefined,
              },
            ],
      ),
      strangers: parts.strangers,
      isolation: parts.isolation,
      toolVersion: toolVersion(),
    });
    for (const { name: peerName, peer } of ours) {
      const [ready] = peer.log();
      if (ready !== undefined && "host" in ready) this.#recorder.peerReady(ready, peerName);
    }
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
    if (placement !== undefined)
      fleet.placeNext(
        this.name,
        typeof placement === "string" ? { placement } : { environment: placement.id },
      );
    const before = new Map(this.environments().map(({ id, invocations }) => [id, invocations]));
    const ended = this.#recorder.invocationSent();
    const payload = new TextEncoder().encode(JSON.stringify(event));
    const answer = await driver.invoke(
      this.name,
      { payload, functionTimeoutMs: facts.timeoutMs },
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

  environments(): readonly Environment[] {
    return this.#parts.fleet.environments(this.name).map(describeEnvironment);
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

interface OurPeer {
  readonly name: string | null;
  readonly peer: PeerUnderTest;
}

/** The peers of `startPeer`, whose logs count as evidence. */
function oursOf({ peers }: FunctionParts): readonly OurPeer[] {
  return [...peers].flatMap(([name, peer]) => ("log" in peer ? [{ name, peer }] : []));
}

function recordsOf({ name, peer }: OurPeer): readonly PeerLogRecord[] {
  const own = name === null ? {} : { peer: name };
  return peer.log().flatMap((record) => ("host" in record ? [] : [{ ...record, ...own }]));
}

function whichOf(
  which: Environment | Selector,
): { readonly selector: Selector } | { readonly environment: string } {
  if (typeof which !== "string") return { environment: which.id };
  checkKnown("environment", which, SELECTORS);
  return { selector: which };
}
