/** The error that an invocation throws if it gets no connection, or no answer on its connection. An operator sees its name as errorType. */
import type { ConnectOutcome } from "../contract.ts";
import type { ConnectionEnd } from "./state.ts";

export class PeerError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const NAME_OF_OUTCOME: Readonly<Record<Exclude<ConnectOutcome, "accepted">, string>> = {
  refused: "PeerBusyError",
  "timed-out": "PeerTimedOutError",
  failed: "PeerUnreachableError",
  reset: "PeerResetError",
  evicted: "PeerEvictedError",
};

export function attemptError(
  outcome: Exclude<ConnectOutcome, "accepted">,
  address: string,
  detail: string | null,
): PeerError {
  return new PeerError(
    NAME_OF_OUTCOME[outcome],
    `no connection to the peer ${address}: ${detail ?? outcome}`,
  );
}

export function exchangeError(how: ConnectionEnd | "silent", address: string): PeerError {
  switch (how) {
    case "closed":
      return new PeerError("PeerClosedError", `the peer ${address} closed the connection before it answered`);
    case "reset":
      return new PeerError(
        "PeerResetError",
        `the connection to the peer ${address} was reset before it answered`,
      );
    case "evicted":
      return new PeerError(
        "PeerEvictedError",
        `the peer ${address} gave the connection to another client before it answered`,
      );
    case "silent":
      return new PeerError("PeerTimedOutError", `the peer ${address} did not answer on the open connection`);
  }
}
