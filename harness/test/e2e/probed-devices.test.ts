/**
 * Soaks against small machines of one place, which are probed before the run, and which nobody else uses: without `--success`, a handler that
 * connects in its Init fails and the environment that really held the place is named, and the fix passes.
 */
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { judgeRun } from "../../src/library/index.ts";
import type { LinkLogRecord } from "../../src/record/link-log.ts";
import type { WhenFull } from "../../src/record/probe.ts";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import type { Verdict } from "../../src/words/verdict.ts";
import { readRun } from "../adapters/run-directory/read-run.ts";
import { startDevice, type Device, type DeviceManner } from "../support/devices/device.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

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

const CONNECTS_IN_INIT = `
import { open } from "./client.mjs";
const machine = await open();
export const handler = async () => ({ value: await machine.read() });`;

const CONNECTS_IN_HANDLER = `
import { open } from "./client.mjs";
export const handler = async () => {
  const machine = await open();
  try {
    return { value: await machine.read() };
  } finally {
    await machine.close();
  }
};`;

const DEVICES: readonly (readonly [string, DeviceManner, WhenFull])[] = [
  ["closes the second client at once", { whenFull: "close" }, "closes"],
  ["resets the second client", { whenFull: "reset" }, "closes"],
  ["says BUSY to the second client and closes", { whenFull: "say-busy" }, "says-and-closes"],
  [
    "greets a client when it has a place, and lets others wait",
    { whenFull: "wait", greeting: "hi {n}\n" },
    "waits",
  ],
  ["does not listen while it serves a client", { whenFull: "not-listen" }, "does-not-listen"],
];

interface Soaked {
  readonly result: FunctionResult;
  readonly device: Device;
  readonly folder: string;
}

describeInTestAll("longrun soak --probe yes --only-client, without --success", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  async function soak(label: string, code: string, manner: DeviceManner): Promise<Soaked> {
    writeFileSync(join(folder.path(), "client.mjs"), CLIENT);
    writeFileSync(join(folder.path(), `${label}.mjs`), code);
    const device = await startDevice({ answer: "21.5\n", ...manner });
    try {
      const { err } = await run(
        [
          ...["soak", "--code", `${label}.mjs`, "--peer", `127.0.0.1:${device.port}`, "--yes", "--seed", "1"],
          ...["--duration", "10s", "--interval", "500ms", "--out", label, "--probe", "yes", "--only-client"],
        ],
        folder.path(),
      );
      const where = join(folder.path(), label);
      const [result] = (JSON.parse(readFileSync(join(where, "result.json"), "utf8")) as RunResult).functions;
      if (result === undefined) throw new Error(err);
      return { result, device, folder: where };
    } finally {
      await device.stop();
    }
  }

  for (const [title, manner, whenFull] of DEVICES)
    it(`decides about a machine that ${title}`, async () => {
      const [failing, fixed] = await Promise.all([
        soak("in-init", CONNECTS_IN_INIT, manner),
        soak("in-handler", CONNECTS_IN_HANDLER, manner),
      ]);
      expect([failing.result.verdict, fixed.result.verdict]).to.deep.equal(["fail", "pass"]);
      expect(failing.result.invocations.planned).to.be.at.least(20);
      const named = namedHolders(failing.result);
      expect(named.length).to.be.at.least(1);
      // A client that finds nothing listening never reaches the device.
      if (manner.whenFull !== "not-listen") expect([...realHolders(failing)]).to.include.members([...named]);
      for (const one of [failing, fixed]) {
        const { manifest } = readRun(one.folder);
        expect(manifest?.peers?.map((peer) => peer.manner.whenFull)).to.deep.equal([whenFull]);
        expect([one.result.verdict, "inconclusive"]).to.include(withoutWord(one.folder));
      }
    });
});

/** `FAILED HOLDER` of each harm window. */
function namedHolders({ findings }: FunctionResult): readonly string[] {
  return findings.flatMap(({ kind, status, environment, holder }) =>
    kind === "harm" && status === "found" ? [`${environment ?? ""} ${holder ?? ""}`] : [],
  );
}

/** The same, as the device knows it: its clients' ports are those of the links. */
function realHolders({ device, folder }: Soaked): ReadonlySet<string> {
  const lines = readFileSync(join(folder, "logs", "link-in-init.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  const environments = new Map(
    lines.map((line) => {
      const { upstreamLocal, environment } = JSON.parse(line) as LinkLogRecord;
      return [upstreamLocal?.replace(/^.*:/, ""), environment] as const;
    }),
  );
  const of = (port: number | undefined): string => environments.get(String(port)) ?? "";
  return new Set(device.oneTooMany.map(({ client, served }) => `${of(client)} ${served.map(of).join(" ")}`));
}

/** The verdict on the same evidence without the probe, and without the user's word. */
function withoutWord(folder: string): Verdict {
  const evidence = readRun(folder);
  const manifest = evidence.manifest === null ? null : { ...evidence.manifest, peers: [] };
  return judgeRun({ ...evidence, manifest }, { onlyClient: false }).verdict;
}
