/** A function whose children leave it, and a look at these children from the machine. */
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/**
 * A handler whose children leave it in every way that does not need luck: by a process group, by a session, by a parent that ends, and without
 * any variable. Each sleeps for a number of seconds that only this test uses.
 */
export const DAEMONS = `import { spawn } from "node:child_process"; import { once } from "node:events"; import { readdirSync, readFileSync } from "node:fs";
  const sleepers = (seconds) => readdirSync("/proc").filter((name) => { try { return readFileSync("/proc/" + name + "/cmdline", "utf8") === "sleep\\0" + seconds + "\\0"; } catch { return false; } }).length;
  const start = async (command, ...args) => { const child = spawn(command, args, { detached: true, stdio: "ignore" }); child.unref(); await once(child, "spawn"); return child; };
  export const handler = async ({ seconds, then }) => {
    if (seconds !== undefined) {
      await start("sleep", seconds);
      await start("env", "-i", "sleep", seconds);
      const shell = await start("sh", "-c", "setsid sh -c 'sleep " + seconds + " & sleep " + seconds + " & exit' & wait");
      shell.ref();
      if (shell.exitCode === null) await once(shell, "exit");
      while (sleepers(seconds) < 4) await new Promise((resolve) => setImmediate(resolve));
    }
    console.log("started");
    if (then === "hang") await new Promise(() => setInterval(() => undefined, 1e6));
    if (then === "grow") { const kept = []; for (;;) { kept.push(Buffer.alloc(8e6, 1)); await new Promise((resolve) => setImmediate(resolve)); } }
    if (then === "exit") process.exit(3);
    return process.pid;
  };`;
export const CHILDREN = 4;

/** Returns the states (proc(5)) of the processes that sleep for this number of seconds; zombies do not count. */
export function statesOf(seconds: string): readonly string[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (readFileSync(`/proc/${name}/cmdline`, "utf8") !== `sleep\0${seconds}\0`) return [];
      return [stateOf(Number(name))].filter((state) => state !== "Z");
    } catch {
      return [];
    }
  });
}

export function stateOf(processId: number): string {
  const stat = readFileSync(`/proc/${processId}/stat`, "latin1");
  return stat.charAt(stat.lastIndexOf(")") + 2);
}

export const newSeconds = (): string => String(randomInt(1_000_000_000, 2_000_000_000));
