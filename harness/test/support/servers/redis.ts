/** Starts a real Redis on loopback that keeps nothing on disk. */
import { freePort } from "../../../../scripts/free-port.ts";
import { findProgram } from "./find-program.ts";
import { startServer, type RunningServer } from "./server-process.ts";

/** Resolves with null if Redis is not installed. `capacity` is how many clients it serves. */
export async function startRedis(
  options: { readonly capacity?: number; readonly settings?: readonly string[] } = {},
): Promise<RunningServer | null> {
  const program = findProgram("redis-server");
  if (program === null) return null;
  const port = await freePort();
  const limit = options.capacity === undefined ? [] : ["--maxclients", String(options.capacity)];
  const keep = ["--save", "", "--appendonly", "no", "--daemonize", "no"];
  return startServer({
    program,
    args: ["--bind", "127.0.0.1", "--port", String(port), ...keep, ...limit, ...(options.settings ?? [])],
    port,
    ready: /Ready to accept connections/,
    stopSignal: "SIGTERM",
  });
}
