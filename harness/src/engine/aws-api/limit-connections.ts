/**
 * Limits how many connections a server has, so that silent connections cannot lock everybody out: when there are too many, the one that
 * has been without a request for the longest time is closed, first those that never sent one. Connections with a request in flight stay.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export function limitConnections(server: Server, max: number): void {
  let open = 0;
  // Sets keep the order of insertion, so their first element has waited for the longest time.
  const silent = new Set<Socket>();
  const idle = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open += 1;
    socket.once("close", () => {
      open -= 1;
      silent.delete(socket);
      idle.delete(socket);
    });
    silent.add(socket);
    if (open <= max) return;
    const [longest = socket] = silent.size > 1 ? silent : idle;
    silent.delete(longest);
    idle.delete(longest);
    longest.destroy();
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    silent.delete(socket);
    idle.delete(socket);
    response.once("close", () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
}
