/** Measures functions in Go, Rust and Python. They are the functions of the conformance suites. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  usualRuntime,
} from "../src/adapters/toolchains/interpreters.ts";
import { packFolders } from "../src/adapters/toolchains/pack-folder.ts";
import { python } from "../src/catalogue/runtimes/python.ts";
import { RecordingRuntimeApi } from "../test/conformance/runtime-client/recording-runtime-api.ts";
import { buildGo, buildPython, buildRust } from "../test/conformance/families/build-function.ts";
import { createFunction, type CreatedFunction } from "./create-function.ts";
import { coldInvocation, timedBatch, WARM_BATCH } from "./figures.ts";
import { timePaired, type PairedFigures } from "./paired.ts";
import { serveEngine } from "./served-engine.ts";

export type MeasuredFamily = "Go" | "Rust" | "Python";

interface BuiltFunction {
  readonly created: CreatedFunction;
  /** Starts the program without the engine (the *bare start*), and returns how many milliseconds that took. */
  readonly bareStart: () => Promise<number>;
}

/**
 * Compares a cold invocation on the engine with the bare start of the same program. For Python, the bare start is a `python3` that only
 * imports AWS's client (awslambdaric).
 */
export function coldFamily(family: MeasuredFamily, isolation: "none" | "namespaces"): Promise<PairedFigures> {
  return withFunction(family, async ({ created, bareStart }) => {
    const engine = await serveEngine(["--isolation", isolation]);
    try {
      await createFunction(engine.lambda, "cold", created);
      return await timePaired(() => coldInvocation(engine, "cold"), bareStart, { pairs: 25, warmUp: 3 });
    } finally {
      await engine.stop();
    }
  });
}

export function warmFamily(family: MeasuredFamily): Promise<PairedFigures> {
  return withFunction(family, async ({ created }) => {
    const engine = await serveEngine();
    try {
      await createFunction(engine.lambda, "family", created);
      await createFunction(engine.lambda, "node");
      return await timePaired(
        () => timedBatch(engine.lambda, "family", WARM_BATCH),
        () => timedBatch(engine.lambda, "node", WARM_BATCH),
        { pairs: 75, warmUp: 15 },
      );
    } finally {
      await engine.stop();
    }
  });
}

async function withFunction<T>(
  family: MeasuredFamily,
  measure: (built: BuiltFunction) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "longrun-bench-"));
  try {
    return await measure(family === "Python" ? await pythonFunction(folder) : await program(family, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function program(family: "Go" | "Rust", folder: string): Promise<BuiltFunction> {
  if (family === "Go") buildGo(folder);
  else buildRust(folder, "release");
  return {
    created: { zip: await packFolders(folder), runtime: "provided.al2023", handler: "bootstrap" },
    bareStart: () => bareAnswer(join(folder, "bootstrap")),
  };
}

async function pythonFunction(folder: string): Promise<BuiltFunction> {
  buildPython(folder);
  const runtime = usualRuntime(python.local, env) ?? "";
  await bringClient(runtime, env, () => undefined);
  const { file = "" } = interpreterOf(env)(runtime) ?? {};
  const client = installedClientOf(env)(runtime)?.folder ?? "";
  return {
    created: { zip: await packFolders(folder), runtime, handler: "app.handler" },
    bareStart: async () => {
      const started = performance.now();
      const child = spawn(file, ["-c", "import awslambdaric"], {
        stdio: "ignore",
        env: { ...env, PYTHONPATH: client },
      });
      await once(child, "exit");
      return performance.now() - started;
    },
  };
}

/** Starts a program without the engine, and measures the time until it has answered its first event. */
async function bareAnswer(file: string): Promise<number> {
  const api = await RecordingRuntimeApi.open([{ event: {} }]);
  const started = performance.now();
  const child = spawn(file, [], {
    stdio: "ignore",
    env: {
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_FUNCTION_NAME: "bare",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    },
  });
  const ended = once(child, "exit");
  // As soon as the client has answered, it asks for the next event.
  await api.exhausted;
  const took = performance.now() - started;
  child.kill("SIGKILL");
  await ended;
  api.close();
  return took;
}
