/** Starts the complete engine with real execution environments, for sessions of clients such as boto3. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { type OpenEngine, type StartEngineOptions, startEngine } from "../../../src/engine/start-engine.ts";
import { bootstrapFile } from "./test-fleet.ts";

export interface RealEngine {
  readonly engine: OpenEngine;
  /** A folder for files that a session needs. `close` removes it. */
  readonly folder: string;
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export async function realEngine(options: Partial<StartEngineOptions> = {}): Promise<RealEngine> {
  const folder = mkdtempSync(join(tmpdir(), "longrun-session-"));
  const problems: string[] = [];
  const engine = await startEngine({
    host: "127.0.0.1",
    port: 0,
    dataFolder: null,
    isolation: "none",
    links: [],
    platform: null,
    bootstrapFile: bootstrapFile(),
    clock: systemClock,
    version: "0.0.0",
    // The notice about the Node that functions run on depends on the machine, so it is removed.
    report: (problem) => {
      if (!problem.includes("functions run on Node")) problems.push(problem);
    },
    ...options,
  });
  return {
    engine,
    folder,
    problems,
    close: async () => {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment variables of a client: they point to this engine and hide the computer's own AWS configuration. */
export function clientEnvironment(endpoint: string, folder: string): Record<string, string | undefined> {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "eu-central-1",
    AWS_CONFIG_FILE: join(folder, "no-configuration"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "no-credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
}

/** Runs a client as its users do, with the engine as its only AWS endpoint. Resolves with null if the client is not installed. */
export function runClient(
  command: string,
  args: readonly string[],
  endpoint: string,
  folder: string,
): Promise<Ended | null> {
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: clientEnvironment(endpoint, folder),
  });
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", () => resolve(null));
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
