/** Binds the server's socket, or reports why that is not possible. Closes the server in two steps, so that pending answers are still sent. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { notAvailable } from "../../base/errors.ts";

/** Resolves with the URL at which the server is reached. */
export function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const why = taken ? "the port is in use" : (error.code ?? error.message);
      reject(
        notAvailable(`The engine cannot listen on ${host}:${port}: ${why}.`, {
          hint: taken ? "--port 0 picks a free port." : "Give an address of this machine with --host.",
          cause: error,
        }),
      );
    });
    server.listen({ host, port }, () => {
      const address = server.address() as AddressInfo;
      const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
      resolve(`http://${name}:${address.port}`);
    });
  });
}

/** Refuses new connections from now on. Open connections still get their answers. */
export function stopListening(server: Server): void {
  server.close();
  server.closeIdleConnections();
}

export function closeConnections(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Answers that were written in this turn of the event loop are sent before the sockets close.
    setImmediate(() => {
      server.closeAllConnections();
      resolve();
    });
  });
}
