/** Runs a program to its end. A Ctrl-C reaches it too (same process group); we wait for how it ends. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Problem } from "./problem.mjs";

/**
 * @param {string} program @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] show: its output is also ours
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function run(program, args, { cwd, env = process.env, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: [show ? "inherit" : "ignore", "pipe", "pipe"] });
    const ignore = () => undefined;
    const forward = () => child.kill("SIGTERM");
    process.on("SIGINT", ignore);
    process.on("SIGTERM", forward);
    const text = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      child[name].setEncoding("utf8");
      child[name].on("data", (chunk) => {
        text[name] += chunk;
        if (show) process[name].write(chunk);
      });
    }
    const done = () => {
      process.off("SIGINT", ignore);
      process.off("SIGTERM", forward);
    };
    child.once("error", (error) => {
      done();
      reject(error.code === "ENOENT" ? new Problem(`${program} is not on the PATH.`) : error);
    });
    child.once("close", (code, signal) => {
      done();
      resolve({ code: code ?? 128 + constants.signals[signal], ...text });
    });
  });
}
