/** Looks whether the package can be used at all, before a search says of a thousand schedules that nothing works. */
import { LongrunError } from "../domain/errors.ts";
import type { LogRecord } from "../domain/log-record.ts";
import { startPeer } from "../peer/peer.ts";
import type { Clock } from "../ports/clock.ts";
import type { Stage } from "./stage.ts";

/** Throws "usage" where the Init phase fails although the peer is free. */
export async function checkHandler(stage: Stage, clock: Clock): Promise<void> {
  const peer = await startPeer({
    host: "127.0.0.1",
    port: 0,
    admission: "refuse",
    idleTimeoutMs: null,
    replyLatencyMs: 0,
    clock,
    log: () => {},
  });
  const snapshot = stage.makeSnapshot(peer);
  const { functionName } = snapshot;
  try {
    stage.fleet.put(snapshot);
    const { succeeded } = await stage.fleet.initialiseAhead(functionName);
    if (succeeded) return;
    throw new LongrunError(
      "usage",
      `The handler ${snapshot.handler} does not load: its Init phase fails although nobody else holds the peer.\n${whatItSaid(stage.records(functionName))}`,
      {
        hint: "--handler names another export, --env gives it a variable that it misses.",
      },
    );
  } finally {
    await peer.close();
    await stage.fleet.remove(functionName);
    stage.forget(functionName);
  }
}

const LINES_TOLD = 6;

function whatItSaid(records: readonly LogRecord[]): string {
  const lines = records
    .map(({ message }) => message.trimEnd())
    .filter((message) => !message.includes('"type":"platform.') && message !== "");
  return lines
    .slice(0, LINES_TOLD)
    .map((line) => `  ${line.slice(0, 400)}`)
    .join("\n");
}
