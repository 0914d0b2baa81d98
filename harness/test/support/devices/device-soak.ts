/**
 * Soaks of handlers that know nothing of longrun against a device, by the built command. The device knows the truth: which environment it
 * turned away, and which ones it served then.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../e2e/built-command.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { startDevice, type Device, type DeviceManner } from "./device.ts";

/** A client that asks for a value, and waits half a second for it. It does not read what the machine says otherwise. */
const CLIENT = `
import net from "node:net";
export async function open() {
  const socket = net.connect({ host: process.env.PEER_HOST, port: Number(process.env.PEER_PORT) });
  let text = "";
  let wake = () => {};
  socket.on("error", () => {});
  socket.on("data", (bytes) => { text += bytes; wake(); });
  socket.on("close", () => wake());
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  const read = async () => {
    text = "";
    if (!socket.destroyed) socket.write("read\\n");
    const due = Date.now() + 500;
    while (!text.includes("21.5")) {
      if (socket.destroyed || Date.now() >= due) throw new Error("no value: " + text);
      await new Promise((resolve) => { wake = resolve; setTimeout(resolve, due - Date.now()); });
    }
    return 21.5;
  };
  const close = () => new Promise((resolve) => { socket.once("close", resolve).end(); if (socket.closed) resolve(); });
  return { read, close };
}`;

const READ_AND_CLOSE = `
const readOnce = async () => {
  const machine = await open();
  try {
    return { value: await machine.read() };
  } finally {
    await machine.close();
  }
};`;

/** The manners in which handlers connect. The first four keep their connection; the other two close it in each invocation. */
export const HANDLERS = {
  init: `
import { open } from "./client.mjs";
const machine = await open();
export const handler = async () => ({ value: await machine.read() });`,
  // Its Init ends before the connection is open.
  unawaited: `
import { open } from "./client.mjs";
const machine = open();
export const handler = async () => ({ value: await (await machine).read() });`,
  lazy: `
import { open } from "./client.mjs";
let machine;
export const handler = async () => {
  machine ??= await open();
  return { value: await machine.read() };
};`,
  // If its connection from Init does not work, it tries another one.
  "init-retry": `
import { open } from "./client.mjs";
let machine = await open();
export const handler = async () => {
  try {
    return { value: await machine.read() };
  } catch {
    void machine.close();
    machine = await open();
    return { value: await machine.read() };
  }
};`,
  handler: `
import { open } from "./client.mjs";
${READ_AND_CLOSE}
export const handler = readOnce;`,
  "handler-retry": `
import { open } from "./client.mjs";
${READ_AND_CLOSE}
export const handler = async () => {
  const due = Date.now() + 4000;
  for (;;)
    try {
      return await readOnce();
    } catch (error) {
      if (Date.now() > due) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
};`,
} as const;
export type HandlerName = keyof typeof HANDLERS;

export interface DeviceSoak {
  readonly handler: HandlerName;
  readonly manner: DeviceManner;
  /** The run directory is this folder in `folder`. */
  readonly out: string;
  readonly flags: readonly string[];
}

export interface Soaked {
  readonly result: FunctionResult;
  readonly device: Device;
  readonly folder: string;
}

export async function soakDevice(
  folder: string,
  { handler, manner, out, flags }: DeviceSoak,
): Promise<Soaked> {
  // Each soak has files of its own, because others read theirs at the same time.
  const code = join(folder, `${out}-code`);
  mkdirSync(code);
  writeFileSync(join(code, "client.mjs"), CLIENT);
  writeFileSync(join(code, `${handler}.mjs`), HANDLERS[handler]);
  const device = await startDevice({ answer: "21.5\n", ...manner });
  try {
    const { err } = await run(
      [
        ...["soak", "--code", join(code, `${handler}.mjs`), "--peer", `127.0.0.1:${device.port}`, "--yes"],
        ...["--out", out, "--probe", "yes", "--only-client", ...flags],
      ],
      folder,
    );
    const where = join(folder, out);
    const [result] = (JSON.parse(readFileSync(join(where, "result.json"), "utf8")) as RunResult).functions;
    if (result === undefined) throw new Error(err);
    return { result, device, folder: where };
  } finally {
    await device.stop();
  }
}

/** `FAILED HOLDER` of each harm window. */
export function namedHolders({ findings }: FunctionResult): readonly string[] {
  return findings.flatMap(({ kind, status, environment, holder }) =>
    kind === "harm" && status === "found" ? [`${environment ?? ""} ${holder ?? ""}`] : [],
  );
}

/** `TURNED-AWAY SERVED` for each environment that was served then, as the device knows it: its clients' ports are those of the links. */
export function realHolders({ device, folder, result }: Soaked): ReadonlySet<string> {
  const lines = readFileSync(join(folder, "logs", `link-${result.name}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");
  const environments = new Map(
    lines.map((line) => {
      const { upstreamLocal, environment } = JSON.parse(line) as LinkLogRecord;
      return [upstreamLocal?.replace(/^.*:/, ""), environment] as const;
    }),
  );
  const of = (port: number | undefined): string => environments.get(String(port)) ?? "";
  return new Set(
    device.oneTooMany.flatMap(({ client, served }) => served.map((one) => `${of(client)} ${of(one)}`)),
  );
}
