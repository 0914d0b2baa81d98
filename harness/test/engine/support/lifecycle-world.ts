/**
 * The running engine as the model-based test drives it: one function on real processes. Files switch the function's behaviour, so that
 * nothing depends on the speed of the computer.
 */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import type { Placement } from "../../../src/record/plan.ts";
import type { InitBehaviour } from "./lifecycle-model.ts";
import { testFleet, testSnapshot, writeFiles, type TestFleet } from "./test-fleet.ts";

const EXTENSION = `
  const base = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2020-01-01/extension/";
  const registered = await fetch(base + "register", { method: "POST", headers: { "Lambda-Extension-Name": "graceful" }, body: '{"events":[]}' });
  const id = registered.headers.get("lambda-extension-identifier");
  void fetch(base + "event/next", { headers: { "Lambda-Extension-Identifier": id } }).catch(() => {});
  process.on("SIGTERM", () => { process.stdout.write("SIGTERM\\n"); process.exit(0); });`;

function moduleText(folder: string, withExtension: boolean): string {
  return `
  import { existsSync, readFileSync } from "node:fs";
  const init = readFileSync(${JSON.stringify(join(folder, "init"))}, "utf8");
  if (init === "hangs") await new Promise(() => setInterval(() => 0, 1e6));
  process.stdout.write("boot\\n");
  if (init === "throws") throw new Error("init");
  if (init === "exits") process.exit(1);
  ${withExtension ? EXTENSION : ""}
  export const handler = async (event) => {
    if (event.exit) process.exit(1);
    if (event.hang) await new Promise(() => setInterval(() => 0, 1e6));
    if (event.fail) throw new RangeError("handler");
    if (event.gate) { process.stdout.write("in\\n"); while (!existsSync(event.gate)) await new Promise((r) => setTimeout(r, 2)); }
    return process.env.AWS_LAMBDA_LOG_STREAM_NAME;
  };`;
}

export class LifecycleWorld {
  readonly test: TestFleet;
  readonly codeFolder: string;
  timeoutMs = 600_000;
  /** Invocations in flight, by environment. */
  readonly flights = new Map<string, { readonly result: Promise<InvokeResult>; readonly gate: string }>();
  #gates = 0;

  private constructor(test: TestFleet, withExtension: boolean) {
    this.test = test;
    this.codeFolder = join(test.folder, "code");
    writeFiles(this.codeFolder, { "index.mjs": moduleText(this.codeFolder, withExtension) });
  }

  static async open(withExtension: boolean): Promise<LifecycleWorld> {
    const world = new LifecycleWorld(
      await testFleet({
        shutdownBudgets: { internalMs: 600_000, externalMs: 600_000, runtimeShareMs: 600_000 },
      }),
      withExtension,
    );
    world.setInit("succeeds");
    world.update(1);
    return world;
  }

  setInit(behaviour: InitBehaviour): void {
    writeFileSync(join(this.codeFolder, "init"), behaviour);
  }

  /** Creates a generation of the function. An invocation has the time-out that `timeoutMs` has when the invocation begins. */
  update(generation: number): void {
    const snapshot = testSnapshot({ codeFolder: this.codeFolder, generation });
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the getter below has a `this` of its own
    const world = this;
    this.test.fleet.put({
      ...snapshot,
      get timeoutMs() {
        return world.timeoutMs;
      },
    });
  }

  async invoke(placement: Placement, event: unknown): Promise<InvokeResult> {
    this.test.fleet.placeNext("probe", { placement });
    return await this.test.invoke("probe", event, { waitForPhaseEnd: true });
  }

  /** Begins an invocation and waits until the handler runs or the invocation has ended. Resolves with the invocation's environment. */
  async begin(placement: Placement, reachesHandler: boolean): Promise<string> {
    this.#gates += 1;
    const gate = join(this.codeFolder, `gate-${this.#gates}`);
    const entered = this.test.logs.events.filter(({ message }) => message === "in\n").length;
    const result = this.invoke(placement, { gate });
    if (!reachesHandler) return environmentOf(await result);
    await this.test.logs.count("in\n", entered + 1);
    const environment =
      this.test.logs.events.filter(({ message }) => message === "in\n").at(-1)?.logStream ?? "";
    this.flights.set(environment, { result, gate });
    return environment;
  }

  async finish(environment: string): Promise<InvokeResult> {
    const flight = this.flights.get(environment);
    if (flight === undefined) throw new Error(`${environment} has no invocation`);
    if (!existsSync(flight.gate)) writeFileSync(flight.gate, "");
    return await this.landed(environment);
  }

  /** Waits for the result of an invocation that another step ends. */
  async landed(environment: string): Promise<InvokeResult> {
    const flight = this.flights.get(environment);
    if (flight === undefined) throw new Error(`${environment} has no invocation`);
    this.flights.delete(environment);
    const result = await flight.result;
    rmSync(flight.gate, { force: true });
    return result;
  }

  async close(): Promise<void> {
    await this.test.close();
    await Promise.all([...this.flights.values()].map(({ result }) => result));
  }
}

export function environmentOf(result: InvokeResult): string {
  if (result.kind !== "answered") throw new Error(`expected an answer, got ${JSON.stringify(result)}`);
  return result.environment;
}
