/** What answers for AWS on this machine: the engine, moto's server, and a peer on loopback where one is wanted. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findBackground, startBackground, stopBackground } from "./background.mjs";
import { motoServer } from "./moto-server.mjs";
import { Problem } from "./problem.mjs";

const READY_WITHIN_MS = 60_000;

/** Starts what is not running. @returns {Promise<{ engine: string, services: string, peer: { host: string, port: number } | null }>} */
export async function startServices({ folder, root, withPeer, withMoto = true }) {
  mkdirSync(join(folder, "services"), { recursive: true });
  // The folder may lie in a checkout; nothing of it belongs to one.
  writeFileSync(join(folder, ".gitignore"), "*\n");
  const program = join(root, "dist", "longrun.js");
  if (!existsSync(program)) throw new Problem("dist/longrun.js was not built.", { hint: "make build" });
  const engine = await startTool({
    folder,
    name: "engine",
    what: "The local engine",
    args: (port) => [
      program,
      "serve",
      "--data-dir",
      folder,
      "--port",
      String(port),
      "--platform",
      "calm",
      "--json",
    ],
  });
  const services = withMoto ? await motoServer(folder) : "http://127.0.0.1:1";
  const peer = withPeer
    ? await startTool({
        folder,
        name: "peer",
        what: "The peer",
        args: (port) => [program, "peer", "--port", String(port), "--json"],
      })
    : null;
  return {
    engine: engine.endpoint,
    services,
    peer: peer === null ? null : { host: peer.host, port: peer.port },
  };
}

/** Both tools say where they are on the first line of their output; the port of the last time is taken again, since functions know it. */
async function startTool({ folder, name, what, args }) {
  const noteFile = join(folder, "services", `${name}.json`);
  const found = findBackground(noteFile);
  if (found?.ready === true) return found;
  if (found !== null) await stopBackground(noteFile);
  const outFile = join(folder, "services", `${name}.jsonl`);
  // The peer's log is evidence and is kept: this life's ready line comes after what is there.
  const offset = existsSync(outFile) ? statSync(outFile).size : 0;
  const portFile = join(folder, "services", `${name}.port`);
  const before = existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0;
  const start = (port) =>
    startBackground({
      noteFile,
      logFile: join(folder, "services", `${name}.log`),
      outFile,
      program: process.execPath,
      args: args(port),
      env: withoutAccount(process.env),
      cwd: folder,
      ready: () => Promise.resolve(readyLine(outFile, offset)),
      withinMs: READY_WITHIN_MS,
      what,
    });
  const note = await start(before).catch((error) => (before === 0 ? Promise.reject(error) : start(0)));
  const port = note.port ?? Number(new URL(note.endpoint).port);
  writeFileSync(portFile, String(port));
  return note;
}

function readyLine(file, offset) {
  try {
    const text = readFileSync(file).subarray(offset).toString("utf8");
    const end = text.indexOf("\n");
    if (end < 0) return null;
    const { event, endpoint, host, port } = JSON.parse(text.slice(0, end));
    if (event !== "ready") return null;
    return { ready: true, ...(endpoint === undefined ? { host, port } : { endpoint }) };
  } catch {
    return null;
  }
}

/** Stops all three; the functions' environments end with the engine. */
export async function stopServices(folder) {
  const stopped = [];
  for (const name of ["engine", "moto", "peer"]) {
    if (await stopBackground(join(folder, "services", `${name}.json`))) stopped.push(name);
  }
  return stopped;
}

/** Nothing of a local run may reach, or be sent to, an account. */
export function withoutAccount(environment) {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith("AWS_") || name === "AWS_CA_BUNDLE",
  );
  return {
    ...Object.fromEntries(kept),
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
  };
}
