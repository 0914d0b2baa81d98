/**
 * Measures figures of docs/benchmarks.md; the files `*-figures.ts` measure the others. A figure is the ratio of two times that are
 * measured in the same run of the benchmark, or a size.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { controlApi } from "./control-api.ts";
import { createFunction, type CreatedFunction } from "./create-function.ts";
import { timePaired, type PairedFigures } from "./paired.ts";
import { CREDENTIALS, serveEngine, type ServedEngine } from "./served-engine.ts";

export const bareNode = (): Promise<number> => nodeRun(["-e", "0"]);

async function nodeRun(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  await once(child, "exit");
  return performance.now() - started;
}

export function helpShown(): Promise<PairedFigures> {
  return timePaired(() => nodeRun(["dist/longrun.js", "--help"]), bareNode, { pairs: 15, warmUp: 2 });
}

export function engineReady(): Promise<PairedFigures> {
  return timePaired(
    async () => {
      const engine = await serveEngine();
      await engine.stop();
      return engine.readyMs;
    },
    bareNode,
    { pairs: 15, warmUp: 2 },
  );
}

interface ColdInvocations {
  /** The number of environments that are prepared ahead. */
  readonly parked: number;
  readonly isolation: "none" | "namespaces";
  /** The default is the trivial handler. */
  readonly handler?: CreatedFunction;
}

/** Each invocation is placed in a new environment. */
export async function coldInvoke({ parked, isolation, handler }: ColdInvocations): Promise<PairedFigures> {
  const engine = await serveEngine(["--parked", String(parked), "--isolation", isolation]);
  try {
    await createFunction(engine.lambda, "cold", handler);
    return await timePaired(() => coldInvocation(engine, "cold"), bareNode, { pairs: 45, warmUp: 3 });
  } finally {
    await engine.stop();
  }
}

export async function coldInvocation(engine: ServedEngine, name: string): Promise<number> {
  const { step } = controlApi(engine.endpoint, name);
  await step({ step: "retire", selector: "all-idle", ending: "fin" });
  await step({ step: "place-next", placement: "new" });
  return timedInvoke(engine.lambda, name);
}

/**
 * Compares batches of warm invocations (including freezing and logging) to requests that the same SDK sends to a server that always gives
 * the same answer.
 */
export function warmInvoke(): Promise<PairedFigures> {
  return warmAgainstOneAnswer({ calls: WARM_BATCH, pairs: 75, warmUp: 15 });
}

/** Like `warmInvoke`, but in longer batches, so that rare events occur in each batch. */
export function sequentialInvokes(): Promise<PairedFigures> {
  return warmAgainstOneAnswer({ calls: 300, pairs: 11, warmUp: 1 });
}

interface WarmBatches {
  readonly calls: number;
  readonly pairs: number;
  readonly warmUp: number;
}

async function warmAgainstOneAnswer({ calls, ...pairs }: WarmBatches): Promise<PairedFigures> {
  const engine = await serveEngine();
  const plain = await serveOneAnswer();
  const client = new LambdaClient({
    endpoint: plain.endpoint,
    region: "eu-central-1",
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  try {
    await createFunction(engine.lambda, "warm");
    return await timePaired(
      () => timedBatch(engine.lambda, "warm", calls),
      () => timedBatch(client, "warm", calls),
      pairs,
    );
  } finally {
    client.destroy();
    plain.stop();
    await engine.stop();
  }
}

/** Compares warm invocations with 100 environments and with one environment. One of the 100 environments gets all invocations. */
export async function warmAmongMany(): Promise<PairedFigures> {
  const engines: ServedEngine[] = [];
  try {
    for (const environments of [ENVIRONMENTS, 1]) {
      const engine = await serveEngine();
      engines.push(engine);
      await createFunction(engine.lambda, "warm");
      const { step } = controlApi(engine.endpoint, "warm");
      for (let n = 0; n < environments; n += 1) await step({ step: "initialise-ahead" });
    }
    const [many, one] = engines;
    if (many === undefined || one === undefined) throw new Error("two engines were started");
    return await timePaired(
      () => timedBatch(many.lambda, "warm", WARM_BATCH),
      () => timedBatch(one.lambda, "warm", WARM_BATCH),
      { pairs: 300, warmUp: 50 },
    );
  } finally {
    for (const engine of engines) await engine.stop();
  }
}

const FLOODING = `const { spawn } = require("node:child_process");
exports.handler = () => new Promise(() => spawn("yes", { stdio: "inherit" }));
`;

/** Compares warm invocations on an engine where another function writes lines without end, and on an idle engine. */
export async function warmUnderFlood(): Promise<PairedFigures> {
  const flooded = await serveEngine();
  const idle = await serveEngine();
  let flooding = true;
  try {
    await createFunction(flooded.lambda, "flood", FLOODING);
    for (const { lambda } of [flooded, idle]) await createFunction(lambda, "warm");
    const flood = async (): Promise<void> => {
      // Each invocation times out after ten seconds.
      while (flooding) await timedInvoke(flooded.lambda, "flood").catch(() => undefined);
    };
    void flood();
    return await timePaired(
      () => timedBatch(flooded.lambda, "warm", WARM_BATCH),
      () => timedBatch(idle.lambda, "warm", WARM_BATCH),
      { pairs: 75, warmUp: 15 },
    );
  } finally {
    flooding = false;
    await flooded.stop();
    await idle.stop();
  }
}

const ENVIRONMENTS = 100;

/** Returns the mean milliseconds of an invocation in a batch. */
export async function timedBatch(lambda: LambdaClient, name: string, calls: number): Promise<number> {
  const started = performance.now();
  for (let n = 0; n < calls; n += 1) await timedInvoke(lambda, name);
  return (performance.now() - started) / calls;
}

/** How many invocations a batch has. Batches are small, so that the machine is in the same state during both batches of a pair. */
export const WARM_BATCH = 20;

export async function serveOneAnswer(): Promise<{ readonly endpoint: string; readonly stop: () => void }> {
  const file = fileURLToPath(new URL("static-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => child.stdin.end() };
}

export async function timedInvoke(lambda: LambdaClient, name: string, payload = "{}"): Promise<number> {
  const started = performance.now();
  const answer = await lambda.send(new InvokeCommand({ FunctionName: name, Payload: payload }));
  if (answer.FunctionError !== undefined)
    throw new Error(`the function failed: ${Buffer.from(answer.Payload ?? []).toString()}`);
  return performance.now() - started;
}

interface SoakMemory {
  readonly harnessMiB: number;
  readonly engineMiB: number;
  readonly invocations: number;
}

export const SOAK_INVOCATIONS = 10_000;

/** Peak resident memory of a soak's process and of its engine's process (Linux: VmHWM). The soak ends after SOAK_INVOCATIONS. */
export async function soakMemory(folder: string): Promise<SoakMemory> {
  const args = ["soak", "--function", "handler-connect", "--platform", "typical", "--seed", "1"];
  const child = spawn(
    process.execPath,
    ["dist/longrun.js", ...args, "--duration", "1h", "--interval", "20ms", "--out", folder],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const peak = { harness: 0, engine: 0 };
  const timer = setInterval(() => void sample(child.pid ?? 0, peak), 250);
  for await (const line of createInterface({ input: child.stderr })) {
    const [, ok = "0", failed = "0"] = /(?<!\d)(\d+) ok {2}(\d+) failed/.exec(line) ?? [];
    if (Number(ok) + Number(failed) < SOAK_INVOCATIONS || child.killed) continue;
    child.kill("SIGINT");
  }
  if (child.exitCode === null) await once(child, "exit");
  clearInterval(timer);
  const result = JSON.parse(await readFile(`${folder}/result.json`, "utf8")) as {
    functions: { invocations: { planned: number; skipped: number } }[];
  };
  const { planned, skipped } = result.functions[0]?.invocations ?? { planned: 0, skipped: 0 };
  return { harnessMiB: peak.harness / 1024, engineMiB: peak.engine / 1024, invocations: planned - skipped };
}

async function sample(processId: number, peak: { harness: number; engine: number }): Promise<void> {
  peak.harness = Math.max(peak.harness, await peakKiB(processId));
  const children = await readFile(`/proc/${processId}/task/${processId}/children`, "utf8").catch(() => "");
  for (const child of children.split(" ").filter((id) => id !== "")) {
    const command = await readFile(`/proc/${child}/cmdline`, "utf8").catch(() => "");
    if (command.includes("serve")) peak.engine = Math.max(peak.engine, await peakKiB(Number(child)));
  }
}

async function peakKiB(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
}
