import type { ProbedConnection } from "../../record/probe.ts";
import type { NetworkAddress } from "../../catalogue/connection-strings/connection-string.ts";

/** A TCP connection on which nothing is ever sent. */
export interface SilentConnection {
  /** What was seen until now. */
  seen(): Omit<ProbedConnection, "number">;
  /** Closes it as a client does that has finished: with a FIN, if it is connected. Does nothing if it has already ended. */
  close(): void;
  /** Resolves when nothing of it is left on this machine. */
  ended(): Promise<void>;
}

export interface SilentConnections {
  /** Milliseconds since the first call of any function. */
  now(): number;
  /** `changed` is called after everything that `seen` shows. */
  open(address: NetworkAddress, changed: () => void): SilentConnection;
  sleep(lengthMs: number, signal: AbortSignal): Promise<void>;
}
