/**
 * `npm run test:long` [COUNT=200000] [INTERVAL_MS=50]: a long soak of the fix (handler-connect) against an engine and a peer in separate
 * processes. In the middle the soak is killed and resumed. Checks that the memory and the number of open files of engine, peer and both
 * soaks do not grow after the first tenth of the samples, that the fix passes, and that the report opens within two seconds. The exit code
 * is 1 if a check fails.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath, exit, stderr, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { launchChromium, NO_CHROMIUM } from "../../../scripts/chromium.ts";
import { designPackageFile } from "../../src/adapters/node/assets.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { COMMAND } from "../e2e/built-command.ts";
import { ProcessFigures } from "./process-figures.ts";

const COUNT = given("COUNT", 200_000);
const INTERVAL_MS = given("INTERVAL_MS", 50);
const SAMPLES = 1_000;
const LOOK_EVERY_MS = 100;
const OPENS_WITHIN_MS = 2_000;

const base = mkdtempSync(join(tmpdir(), "longrun-long-"));
const run = join(base, "run");
const problems: string[] = [];

const engine = await server("serve", ["--data-dir", "data"]);
const peer = await server("peer", []);
try {
  await soak();
  await openReport();
} finally {
  for (const { child } of [engine, peer]) child.kill("SIGTERM");
  await Promise.all([engine, peer].map(({ child }) => ended(child)));
}
for (const problem of problems) stdout.write(`PROBLEM ${problem}\n`);
if (problems.length === 0) rmSync(base, { recursive: true });
else stdout.write(`kept: ${base}\n`);
exit(problems.length === 0 ? 0 : 1);

async function soak(): Promise<void> {
  const flags = [
    ...["--endpoint", String(engine.ready["endpoint"]), "--peer", `127.0.0.1:${String(peer.ready["port"])}`],
    ...["--code", `fix=${designPackageFile("handler-connect")}`, "--handler", "handler.handler"],
    ...["--peer-log", join(base, "peer"), "--platform", "typical", "--seed", "1", "--out", run],
    ...["--interval", `${INTERVAL_MS}ms`, "--duration", `${COUNT * INTERVAL_MS}ms`],
  ];
  const servers = [
    new ProcessFigures("engine", engine.child.pid ?? 0),
    new ProcessFigures("peer", peer.child.pid ?? 0),
  ];
  const first = start(["soak", ...flags, "--yes", "--env", "PEER_PROTOCOL=longrun"], "soak");
  const killed = new ProcessFigures("killed soak", first.pid ?? 0);
  await follow(first, [...servers, killed], COUNT / 2);
  first.kill("SIGKILL");
  await ended(first);
  const second = start(["soak", "--resume", run, "--yes", "--env", "PEER_PROTOCOL=longrun"], "soak");
  const resumed = new ProcessFigures("resumed soak", second.pid ?? 0);
  await follow(second, [...servers, resumed], COUNT);
  const code = await ended(second);
  const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8")) as RunResult;
  const [fix] = result.functions;
  const { planned, succeeded, skipped } = fix?.invocations ?? { planned: 0, succeeded: 0, skipped: 0 };
  stdout.write(
    `the fix: ${fix?.verdict} (${fix?.reasons.join(", ")}), ${planned} invocations, ${succeeded} succeeded, ${skipped} skipped, ${fix?.exposure.total} exposures\n`,
  );
  if (code !== 0 || fix?.verdict !== "pass")
    problems.push(`the fix does not pass: exit code ${String(code)}`);
  if (planned !== COUNT) problems.push(`${planned} invocations were planned, not ${COUNT}`);
  for (const one of [...servers, killed, resumed]) judge(one);
}

/** Takes samples until `sent` invocations were sent, or the process has ended. */
async function follow(child: ChildProcess, all: readonly ProcessFigures[], sent: number): Promise<void> {
  const everyMs = Math.max(LOOK_EVERY_MS, (COUNT * INTERVAL_MS) / SAMPLES);
  while (child.exitCode === null && child.signalCode === null && lastSent() < sent) {
    for (const one of all) one.sample();
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function judge(figures: ProcessFigures): void {
  stdout.write(`${figures.describe()}\n`);
  problems.push(...figures.problems());
}

/** The number of the last invocation in the journal. */
function lastSent(): number {
  const path = join(run, "journal.jsonl");
  if (!existsSync(path)) return 0;
  return Number([...readFileSync(path, "utf8").matchAll(/"n":(\d+)/g)].at(-1)?.[1] ?? 0);
}

async function openReport(): Promise<void> {
  const browser = await launchChromium();
  if (browser === null) {
    if (env["LONGRUN_REQUIRE_TOOLS"] === "1") problems.push(NO_CHROMIUM);
    return void stderr.write(`${NO_CHROMIUM}\n`);
  }
  try {
    const page = await browser.newPage();
    const began = performance.now();
    await page.goto(pathToFileURL(join(run, "report.html")).href);
    await page.waitForSelector("[data-lane]");
    const tookMs = Math.round(performance.now() - began);
    stdout.write(`the report opens in ${tookMs} ms\n`);
    if (tookMs > OPENS_WITHIN_MS) problems.push(`the report opens in ${tookMs} ms`);
  } finally {
    await browser.close();
  }
}

function given(name: string, otherwise: number): number {
  const text = env[name] ?? "";
  if (/^[1-9]\d{0,8}$|^$/.test(text)) return text === "" ? otherwise : Number(text);
  stderr.write(`${name}=${text}: expected a whole number from 1 to 999999999\n`);
  return exit(64);
}

interface Server {
  readonly child: ChildProcess;
  readonly ready: Readonly<Record<string, unknown>>;
}

/** Starts a server. Its standard output goes into a file; at the end, the log of the peer is read from that file. */
async function server(name: "serve" | "peer", flags: readonly string[]): Promise<Server> {
  const child = start([name, "--port", "0", "--json", ...flags], name);
  for (;;) {
    const [line, more] = readFileSync(join(base, name), "utf8").split("\n", 2);
    if (more !== undefined) return { child, ready: JSON.parse(line ?? "") as Server["ready"] };
    if (child.exitCode !== null) throw new Error(`${name} did not start`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function start(words: readonly string[], output: string): ChildProcess {
  const file = openSync(join(base, output), "a");
  const child = spawn(execPath, [COMMAND, ...words], { cwd: base, stdio: ["ignore", file, "inherit"] });
  closeSync(file);
  return child;
}

async function ended(child: ChildProcess): Promise<number | null> {
  while (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  return child.exitCode;
}
