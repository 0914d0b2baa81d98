/** The services that replace AWS on this machine: the engine, moto's server and, if one is wanted, a peer on loopback. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notAvailable } from "../../harness/src/base/errors.ts";
import { parseReadyLine } from "../../harness/src/record/ready-line.ts";
import type { HostPort } from "../../harness/src/settings/value-parsers.ts";
import { findBackground, startBackground, stopBackground, type ReadyNote } from "./background.ts";
import { motoServer } from "./moto-server.ts";
import type { Settings } from "./settings.ts";
import { withoutAccount } from "./without-account.ts";

const READY_WITHIN_MS = 60_000;

export interface LocalServices {
  /** The engine's address for Lambda and CloudWatch Logs. `services` is moto's address for all other services. */
  readonly engine: string;
  readonly services: string;
  readonly peer: HostPort | null;
}

type ServicesPlace = Pick<Settings, "folder" | "root">;

export async function startServices(
  settings: ServicesPlace & Pick<Settings, "peer">,
): Promise<LocalServices> {
  return {
    engine: await startEngine(settings),
    services: await motoServer(settings.folder),
    peer: settings.peer?.kind === "loopback" ? await startPeer(settings) : null,
  };
}

export async function startEngine(place: ServicesPlace): Promise<string> {
  const { endpoint } = await startTool(place, {
    name: "engine",
    what: "The local engine",
    command: ["serve", "--data-dir", place.folder, "--platform", "calm"],
  });
  return endpoint;
}

export async function startPeer(place: ServicesPlace): Promise<HostPort> {
  const { endpoint } = await startTool(place, { name: "peer", what: "The peer", command: ["peer"] });
  const { hostname, port } = new URL(endpoint);
  return { host: hostname, port: Number(port) };
}

interface ServiceTool {
  readonly name: "engine" | "peer";
  readonly what: string;
  readonly command: readonly string[];
}

/** If possible, a service that is started again gets the port that it had before, because functions have that port in their settings. */
async function startTool(
  { folder, root }: ServicesPlace,
  { name, what, command }: ServiceTool,
): Promise<ReadyNote> {
  const services = join(folder, "services");
  mkdirSync(services, { recursive: true });
  // The folder may be in a checkout, and must not be committed.
  writeFileSync(join(folder, ".gitignore"), "*\n");
  const program = join(root, "dist", "longrun.js");
  if (!existsSync(program)) throw notAvailable("dist/longrun.js was not built.", { hint: "make build" });
  const noteFile = join(services, `${name}.json`);
  const found = findBackground(noteFile);
  if (found?.endpoint !== undefined) return { ...found, endpoint: found.endpoint };
  if (found !== null) await stopBackground(noteFile);
  const outFile = join(services, `${name}.jsonl`);
  // The file may already contain lines: an earlier log of the peer, which must be kept as evidence. The new ready line comes after them.
  const offset = existsSync(outFile) ? statSync(outFile).size : 0;
  const portFile = join(services, `${name}.port`);
  const before = existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0;
  const start = (port: number): Promise<ReadyNote> =>
    startBackground({
      noteFile,
      logFile: join(services, `${name}.log`),
      outFile,
      program: process.execPath,
      args: [program, ...command, "--port", String(port), "--json"],
      env: withoutAccount(process.env),
      cwd: folder,
      ready: async () => announced(outFile, offset),
      withinMs: READY_WITHIN_MS,
      what,
    });
  const note = await start(before).catch((error: unknown) => {
    if (before === 0) throw error;
    return start(0);
  });
  writeFileSync(portFile, new URL(note.endpoint).port);
  return note;
}

/** Null if the ready line is not complete yet. */
function announced(file: string, offset: number): string | null {
  const text = existsSync(file) ? readFileSync(file).subarray(offset).toString("utf8") : "";
  const end = text.indexOf("\n");
  const ready = end === -1 ? null : parseReadyLine(text.slice(0, end));
  if (ready === null) return null;
  return "endpoint" in ready ? ready.endpoint : `tcp://${ready.host}:${ready.port}`;
}

export async function stopServices(folder: string): Promise<readonly string[]> {
  const stopped: string[] = [];
  for (const name of ["engine", "moto", "peer"]) {
    if (await stopBackground(join(folder, "services", `${name}.json`))) stopped.push(name);
  }
  return stopped;
}
