/**
 * moto's server answers for every service but Lambda and Logs. It comes from PyPI into a virtual environment of ours, in
 * the user's cache folder, once for each version; nothing of the user's own Python is touched.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";
import { run } from "./command.mjs";
import { findBackground, startBackground, stopBackground } from "./background.mjs";
import { Problem } from "./problem.mjs";

export const MOTO_VERSION = "5.2.5";

export function cacheFolder(environment = process.env) {
  return (
    environment.LONGRUN_CACHE ||
    join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "lambda-longrun")
  );
}

async function installMoto() {
  const folder = join(cacheFolder(), `moto-${MOTO_VERSION}`);
  const program = join(folder, "bin", "moto_server");
  const complete = join(folder, "complete");
  if (existsSync(program) && existsSync(complete)) return program;
  process.stderr.write(`installing moto ${MOTO_VERSION} into ${folder} (once)\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cacheFolder(), { recursive: true });
  const steps = [
    ["python3", ["-m", "venv", folder]],
    [
      join(folder, "bin", "python"),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `moto[server]==${MOTO_VERSION}`],
    ],
  ];
  for (const [command, args] of steps) {
    const { code, stderr } = await run(command, args);
    if (code !== 0) {
      throw new Problem(
        `moto's server could not be installed: ${command} ${args.join(" ")} ended with ${code}.\n${stderr.trimEnd().split("\n").slice(-5).join("\n")}`,
        {
          hint: "TARGET=local needs python3 with venv, and PyPI once.",
        },
      );
    }
  }
  mkdirSync(complete);
  return program;
}

/** Starts moto or finds it; its state is in its memory and ends with it. */
export async function motoServer(folder) {
  const noteFile = join(folder, "services", "moto.json");
  const found = findBackground(noteFile);
  // It lives and was ready once: one that is slow to answer still holds everything that was made.
  if (found?.endpoint !== undefined) return found.endpoint;
  if (found !== null) await stopBackground(noteFile);
  const program = await installMoto();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const note = await startBackground({
    noteFile,
    logFile: join(folder, "services", "moto.log"),
    program,
    args: ["-H", "127.0.0.1", "-p", String(port)],
    env: { ...process.env, MOTO_ACCOUNT_ID: "123456789012" },
    cwd: folder,
    ready: async () => ((await answers(endpoint)) ? { endpoint } : null),
    withinMs: 120_000,
    what: "moto's server",
  });
  return note.endpoint;
}

/** The least of its pages: `data.json` loads every service that moto knows, which takes seconds. */
async function answers(endpoint) {
  try {
    return (await fetch(`${endpoint}/moto-api/config`, { signal: AbortSignal.timeout(30_000) })).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
