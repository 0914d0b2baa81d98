/** Runs a function bundle in its own process, as in an execution environment: a test can invoke, freeze, thaw and terminate it. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { buildFunctions } from "../build.ts";
import type { ExchangeAnswer, LifecycleLine } from "../src/contract.ts";

export interface InvocationResult {
  readonly answer?: ExchangeAnswer;
  readonly error?: { readonly name: string; readonly message: string };
}

export interface FunctionProcess {
  readonly child: ChildProcess;
  /** Returns the lifecycle lines so far. */
  lines(): readonly LifecycleLine[];
  /** Returns the text `event outcome phase requestId` of each line. */
  story(): readonly string[];
  invoke(requestId: string): Promise<InvocationResult>;
  /** Resolves when there are `count` lines of this event (default: one). */
  wrote(event: LifecycleLine["event"], count?: number): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Returns the standard error so far. */
  complaint(): string;
  exited(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export interface Bundles {
  start(design: string, variables: Readonly<Record<string, string>>): Promise<FunctionProcess>;
  /** Kills the processes that still run and removes the bundles. */
  remove(): Promise<void>;
  /** Kills the processes that a test left running. */
  killAll(): Promise<void>;
}

/** Builds the real zips once and unpacks them. */
export async function makeBundles(): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), "longrun-functions-"));
  for (const { design, path } of await buildFunctions(folder)) {
    const files = await unzip(await readFile(path));
    const handler = files.get("handler.mjs");
    if (handler === undefined) throw new Error(`${design}.zip has no handler.mjs`);
    await writeFile(join(folder, `${design}.mjs`), handler);
  }
  const running = new Set<FunctionProcess>();
  const killAll = async (): Promise<void> => {
    for (const one of running) {
      one.child.kill("SIGKILL");
      await one.exited();
    }
    running.clear();
  };
  return {
    async start(design, variables) {
      const started = await startProcess(join(folder, `${design}.mjs`), variables);
      running.add(started);
      return started;
    },
    killAll,
    async remove() {
      await killAll();
      await rm(folder, { recursive: true });
    },
  };
}

async function startProcess(
  handler: string,
  variables: Readonly<Record<string, string>>,
): Promise<FunctionProcess> {
  const child = fork(fileURLToPath(new URL("fixtures/runtime.mjs", import.meta.url)), [handler], {
    env: { PATH: process.env["PATH"] ?? "", PEER_HOST: "127.0.0.1", ...variables },
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let written = "";
  let wake: () => void = () => {};
  child.stdout?.on("data", (chunk: Buffer) => {
    written += chunk.toString("utf8");
    wake();
  });
  let complained = "";
  child.stderr?.on("data", (chunk: Buffer) => (complained += chunk.toString("utf8")));
  // The event `close` comes after all output has been read. The event `exit` may come earlier.
  const exited = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  const lines = (): LifecycleLine[] =>
    written
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LifecycleLine);
  await Promise.race([once(child, "message"), exited]);
  return {
    child,
    lines,
    story: () =>
      lines().map(
        ({ event, outcome, phase, requestId }) => `${event} ${outcome ?? "-"} ${phase} ${requestId ?? "-"}`,
      ),
    async invoke(requestId) {
      child.send({ requestId });
      const [result] = (await once(child, "message")) as [InvocationResult];
      return result;
    },
    async wrote(event, count = 1) {
      while (lines().filter((line) => line.event === event).length < count)
        await new Promise<void>((resolve) => (wake = resolve));
    },
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    complaint: () => complained,
    exited: () => exited,
  };
}

/** Returns the name and the content of every file in a zip. */
export function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (problem: Error | null, archive: ZipFile) => {
      if (problem !== null) return reject(problem);
      archive.on("entry", (entry: Entry) => {
        archive.openReadStream(entry, (error, stream) => {
          if (error !== null) return reject(error);
          buffer(stream).then((content) => {
            files.set(entry.fileName, content);
            archive.readEntry();
          }, reject);
        });
      });
      archive.once("end", () => resolve(files));
      archive.readEntry();
    });
  });
}
