/**
 * Starts moto's server, which replaces every service of AWS except Lambda and Logs. It is installed from PyPI into a virtual environment in
 * the user's cache folder; the user's own Python packages are not changed.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../harness/src/adapters/node/cache-folder.ts";
import { notAvailable } from "../../harness/src/base/errors.ts";
import { freePort } from "../free-port.ts";
import { findBackground, startBackground, stopBackground } from "./background.ts";
import { run } from "./command.ts";

const SERVER = fileURLToPath(new URL("moto-server.py", import.meta.url));
const MOTO_VERSION = "5.2.5";
const READY_WITHIN_MS = 120_000;
const ANSWER_WITHIN_MS = 30_000;

/** Returns the server's address, and starts the server if it does not run. The server's state is in its memory and ends with the server. */
export async function motoServer(folder: string): Promise<string> {
  const noteFile = join(folder, "services", "moto.json");
  const found = findBackground(noteFile);
  // A running server is used even if it is slow now, because it has the state of everything that was made.
  if (found?.endpoint !== undefined) return found.endpoint;
  if (found !== null) await stopBackground(noteFile);
  const program = await installMoto();
  // moto does not print the port that it took.
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { endpoint } = await startBackground({
    noteFile,
    logFile: join(folder, "services", "moto.log"),
    program,
    args: [SERVER, "-H", "127.0.0.1", "-p", String(port)],
    env: { ...process.env, MOTO_ACCOUNT_ID: "123456789012" },
    cwd: folder,
    ready: async () => ((await answers(address)) ? address : null),
    withinMs: READY_WITHIN_MS,
    what: "moto's server",
  });
  return endpoint;
}

async function installMoto(): Promise<string> {
  const cache = cacheFolder(process.env);
  const folder = join(cache, `moto-${MOTO_VERSION}`);
  const program = join(folder, "bin", "python");
  const complete = join(folder, "complete");
  if (existsSync(program) && existsSync(complete)) return program;
  process.stderr.write(`installing moto ${MOTO_VERSION} into ${folder} (once)\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  await installed("python3", ["-m", "venv", folder]);
  await installed(program, [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    `moto[server]==${MOTO_VERSION}`,
  ]);
  mkdirSync(complete);
  return program;
}

async function installed(command: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await run(command, args);
  if (code === 0) return;
  const lastLines = stderr.trimEnd().split("\n").slice(-5).join("\n");
  throw notAvailable(
    `moto's server could not be installed: ${command} ${args.join(" ")} ended with ${code}.\n${lastLines}`,
    { hint: "TARGET=local needs python3 with venv, and a connection to PyPI the first time." },
  );
}

/** The smallest page is requested: `data.json` would load every service of moto, which takes seconds. */
async function answers(endpoint: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return (await fetch(`${endpoint}/moto-api/config`, { signal })).ok;
  } catch {
    return false;
  }
}
