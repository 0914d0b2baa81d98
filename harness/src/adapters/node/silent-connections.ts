/** Opens TCP connections on which nothing is ever sent. */
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { performance } from "node:perf_hooks";
import { writeAddress } from "../../catalogue/connection-strings/connection-string.ts";
import type { Greeting, ProbedEnd } from "../../record/probe.ts";
import { DIGEST_LETTERS } from "../../words/digest-letters.ts";
import type { SilentConnection, SilentConnections } from "../../run/ports/silent-connections.ts";
import { durationMs } from "../../base/time.ts";
import { systemClock } from "./system-clock.ts";

/** After its FIN, a client waits this long for the machine's FIN. */
const GOODBYE_MS = 1_000;

export function silentConnections(): SilentConnections {
  const began = performance.now();
  const now = (): number => performance.now() - began;
  return {
    now,
    open: (address, changed) => openSilently(address, now, changed),
    sleep: (lengthMs, signal) => systemClock.sleep(durationMs(lengthMs), signal),
  };
}

function openSilently(
  { host, port }: Parameters<SilentConnections["open"]>[0],
  now: () => number,
  changed: () => void,
): SilentConnection {
  const askedMs = now();
  let openedMs: number | null = null;
  let local: string | null = null;
  let greeting: Greeting | null = null;
  let end: ProbedEnd | null = null;
  let closedMs: number | null = null;
  // Half open, so that a FIN of the machine is seen before this side closes.
  const socket = connect({ host, port, allowHalfOpen: true });
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const endWith = (how: ProbedEnd["how"], code: string | null): void => {
    if (end === null && closedMs === null) end = { atMs: now(), how, code };
    changed();
  };
  socket.once("connect", () => {
    openedMs = now();
    local = writeAddress({ host: socket.localAddress ?? "", port: socket.localPort ?? 0 });
    changed();
  });
  socket.once("data", (bytes: Buffer) => {
    const digest = createHash("sha256").update(bytes).digest("hex").slice(0, DIGEST_LETTERS);
    greeting = { atMs: now(), bytes: bytes.length, digest };
    changed();
  });
  // Later bytes are read and dropped, so that the system's buffer never fills.
  socket.on("data", () => undefined);
  socket.once("end", () => {
    endWith("fin", null);
    socket.end();
  });
  socket.once("error", ({ code = "unknown" }: NodeJS.ErrnoException) =>
    endWith(code === "ECONNREFUSED" ? "refused" : code === "ECONNRESET" ? "reset" : "error", code),
  );
  return {
    seen: () => ({ local, askedMs, openedMs, greeting, end, closedMs }),
    close: () => {
      if (end !== null || closedMs !== null) return;
      closedMs = now();
      if (openedMs === null) socket.destroy();
      else {
        socket.end();
        setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
      }
      changed();
    },
    ended: () => ended,
  };
}
