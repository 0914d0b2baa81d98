/**
 * Ends the process if one case takes longer than the limit: the only way out of an endless loop. It writes the case into the corpus (the
 * cases that are kept), so that the next run begins with this case. This file is JavaScript, because a worker of Node 20 cannot load
 * TypeScript.
 */
import { mkdirSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { kill, pid } from "node:process";
import { workerData } from "node:worker_threads";

/** @type {import("./watchdog.ts").WatchdogData} */
const { counter, bytes, file, limitMs, replay } = workerData;
let seen = -1;
let since = performance.now();

setInterval(() => {
  const now = Atomics.load(counter, 0);
  if (now !== seen || now % 2 === 0) {
    seen = now;
    since = performance.now();
    return;
  }
  if (performance.now() - since < limitMs) return;
  const found = `a case that does not end within ${limitMs / 1000} s`;
  const text = Buffer.from(bytes.slice(0, Atomics.load(counter, 1))).toString("latin1");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ found, parts: [text] }, null, 2)}\n`);
  writeSync(2, `\n${found} is kept in ${file}. ${replay}\n`);
  kill(pid, "SIGKILL");
}, 1_000);
