/** boto3 as a client of a session. One process makes all calls of the session. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { clientEnvironment } from "../../engine/support/real-engine.ts";
import type { Client, Seen } from "./client.ts";

const SCRIPT = fileURLToPath(new URL("boto3-client.py", import.meta.url));

export function boto3Client(endpoint: string, zipFile: string, folder: string): Client {
  const child = spawn("python3", [SCRIPT, zipFile], {
    cwd: folder,
    stdio: ["pipe", "pipe", "inherit"],
    env: clientEnvironment(endpoint, folder),
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async call(service, operation, input): Promise<Seen> {
      child.stdin.write(`${JSON.stringify({ service, operation, input })}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error("boto3 ended before it answered");
      return { ...(JSON.parse(line.value) as Omit<Seen, "raw">), raw: null };
    },
    async close() {
      const ended = once(child, "close");
      child.stdin.end();
      await ended;
    },
  };
}
