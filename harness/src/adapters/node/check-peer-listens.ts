/** Checks that the user's peer accepts connections. The connection is closed before the run: the peer may serve only one at a time. */
import { connect } from "node:net";
import { notAvailable } from "../../base/errors.ts";

const ANSWER_WITHIN_MS = 5_000;
const CLOSED_WITHIN_MS = 1_000;

/** Throws `unavailable` if no connection can be opened. */
export function checkPeerListens({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: ANSWER_WITHIN_MS });
    const refuse = (why: string): void => {
      socket.destroy();
      reject(
        notAvailable(`The peer ${host}:${port} cannot be reached: ${why}`, {
          hint: "Start the server first. Without --peer and with --admission refuse, longrun starts a peer of its own.",
        }),
      );
    };
    socket.once("error", (error: NodeJS.ErrnoException) => refuse(`${error.code ?? error.message}.`));
    socket.once("timeout", () => refuse(`no answer within ${ANSWER_WITHIN_MS / 1_000} s.`));
    socket.once("connect", () => {
      socket.removeAllListeners("error").on("error", () => undefined);
      socket.removeAllListeners("timeout").once("timeout", () => socket.destroy());
      socket.setTimeout(CLOSED_WITHIN_MS);
      socket.once("close", () => resolve());
      socket.resume().end();
    });
  });
}
