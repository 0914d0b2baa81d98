/** Starts a real Mosquitto on loopback, with the log that docs/servers.md switches on. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { userInfo } from "node:os";
import { freePort } from "../../../../scripts/free-port.ts";
import { findProgram } from "./find-program.ts";
import { startServer, type RunningServer } from "./server-process.ts";

/** Resolves with null if Mosquitto is not installed. */
export async function startMosquitto(logFile: string): Promise<RunningServer | null> {
  const program = findProgram("mosquitto");
  if (program === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "mosquitto-"));
  const port = await freePort();
  const configuration = join(folder, "mosquitto.conf");
  writeFileSync(
    configuration,
    [
      `user ${userInfo().username}`,
      `listener ${port} 127.0.0.1`,
      "max_connections 1",
      "allow_anonymous true",
      "log_dest stderr",
      "log_type all",
      "connection_messages true",
      "log_timestamp true",
      "log_timestamp_format %Y-%m-%dT%H:%M:%S%z",
      "",
    ].join("\n"),
  );
  const server = await startServer({
    program,
    args: ["-c", configuration],
    port,
    ready: /mosquitto version \S+ running/,
    stopSignal: "SIGTERM",
    logFile,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, stop };
}
