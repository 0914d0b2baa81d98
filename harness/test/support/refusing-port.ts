/** Finds a port on which nothing listens, and on which nothing can begin to listen while a test uses it. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/**
 * Resolves with a port of loopback that refuses connections until `close` is called. It is the local port of an open connection, so the kernel
 * gives it to no server.
 */
export async function refusingPort(): Promise<{
  readonly port: number;
  readonly close: () => Promise<void>;
}> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(client, "connect");
  return {
    port: client.localPort ?? 0,
    close: async () => {
      client.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
