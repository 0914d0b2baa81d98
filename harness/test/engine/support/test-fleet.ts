/** A fleet with real processes in a temporary folder, and functions written as text. `close` removes everything. */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { runtimeClient } from "../../../../scripts/bundles.ts";
import { createFleet } from "../../../src/engine/scheduling/fleet.ts";
import type { FleetOptions } from "../../../src/engine/scheduling/fleet-options.ts";
import type { Fleet, InvokeRequest, InvokeResult } from "../../../src/engine/fleet-contract.ts";
import type { FunctionSnapshot } from "../../../src/engine/function-snapshot.ts";
import type { ShutdownBudgets } from "../../../src/engine/lifecycle/shutdown-budget.ts";
import { MemoryLogSink } from "./memory-log-sink.ts";
import { systemClock } from "./system-clock.ts";

/** On a busy computer a runtime can be late to ask for its next event. This is longer than any such delay. */
const NO_WAIT_LIMIT_MS = 600_000;

/** Budgets that no test uses up. AWS's budgets are too short for processes on a busy computer. */
export const NO_SHUTDOWN_LIMIT: ShutdownBudgets = {
  internalMs: 600_000,
  externalMs: 1_200_000,
  runtimeShareMs: 600_000,
};

let built: string | null = null;

/** Returns the file of the runtime client, which is bundled once per test run, as the build does it. */
export function bootstrapFile(): string {
  if (built === null) {
    const folder = mkdtempSync(join(tmpdir(), "longrun-bootstrap-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    built = join(folder, "bootstrap.cjs");
    buildSync({ ...runtimeClient, outdir: folder });
  }
  return built;
}

export interface TestFleet {
  readonly fleet: Fleet;
  readonly logs: MemoryLogSink;
  readonly folder: string;
  /** Writes the package and announces the function. */
  add(files: Readonly<Record<string, string>>, snapshot?: Partial<FunctionSnapshot>): FunctionSnapshot;
  invoke(name?: string, event?: unknown, request?: Partial<InvokeRequest>): Promise<InvokeResult>;
  close(): Promise<void>;
}

export async function testFleet(options: Partial<FleetOptions> = {}): Promise<TestFleet> {
  const folder = mkdtempSync(join(tmpdir(), "longrun-fleet-"));
  const logs = new MemoryLogSink();
  const fleet = await createFleet({
    dataFolder: join(folder, "data"),
    isolation: "none",
    bootstrapFile: bootstrapFile(),
    links: [],
    logs,
    clock: systemClock,
    phaseEndWaitMs: NO_WAIT_LIMIT_MS,
    ...options,
  }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  let packages = 0;
  return {
    fleet,
    logs,
    folder,
    add: (files, snapshot = {}) => {
      packages += 1;
      const codeFolder = join(folder, `code-${packages}`);
      writeFiles(codeFolder, files);
      const complete = testSnapshot({ codeFolder, generation: packages, ...snapshot });
      fleet.put(complete);
      return complete;
    },
    invoke: (name = "probe", event = {}, request = {}) =>
      fleet.invoke(name, "$LATEST", invokeRequest(event, request)),
    close: async () => {
      await fleet.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Changes the function time-out for the next invocations of the same environments. An invocation that must time out needs a short one. The
 * next invocation needs a long one, because it repeats the Init, which can take seconds on a busy computer.
 */
export function changeTimeout(snapshot: FunctionSnapshot, timeoutMs: number): void {
  Object.assign(snapshot, { timeoutMs });
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (text.startsWith("#!")) chmodSync(file, 0o755);
  }
}

export function testSnapshot(
  given: Partial<FunctionSnapshot> & { readonly codeFolder: string },
): FunctionSnapshot {
  const functionName = given.functionName ?? "probe";
  return {
    functionName,
    functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    region: "eu-west-1",
    accountId: "123456789012",
    version: "$LATEST",
    generation: 1,
    runtime: "nodejs22.x",
    handler: "index.handler",
    memorySizeMb: 512,
    timeoutMs: 20_000,
    environment: {},
    codeSha256: "",
    layerFolders: [],
    initializationType: "on-demand",
    logging: {
      format: "Text",
      applicationLogLevel: "INFO",
      systemLogLevel: "INFO",
      logGroup: `/aws/lambda/${functionName}`,
    },
    ...given,
  };
}

export function invokeRequest(event: unknown, given: Partial<InvokeRequest> = {}): InvokeRequest {
  return {
    requestId: randomUUID(),
    payload: Buffer.from(JSON.stringify(event)),
    traceId: "Root=1-00000000-000000000000000000000000;Sampled=0",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:probe",
    clientContext: null,
    ...given,
  };
}

/** Returns the parsed payload of an invocation. Throws if the invocation was not answered. */
export function payloadOf(result: InvokeResult): unknown {
  if (result.kind !== "answered") throw new Error(`expected an answer, got ${JSON.stringify(result)}`);
  return JSON.parse(result.payload.toString());
}
