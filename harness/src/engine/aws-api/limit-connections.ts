/**
 * Limits how many connections a server has, so that connections without a request cannot lock everybody out. When there are too many, the
 * one that has waited for the longest time is closed: first of those that never sent a request, then of those whose request has not arrived
 * completely, then of those that were answered. Connections with a request in flight stay.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export function limitConnections(server: Server, max: number): void {
  let open = 0;
  // Sets keep the order of insertion, so their first element has waited for the longest time.
  const silent = new Set<Socket>();
  const idle = new Set<Socket>();
  const inFlight = new Set<IncomingMessage>();
  server.on("connection", (socket: Socket) => {
    open += 1;
    socket.once("close", () => {
      open -= 1;
      silent.delete(socket);
      idle.delete(socket);
    });
    silent.add(socket);
    if (open <= max) return;
    const [neverAsked] = silent;
    const [answered] = idle;
    const longest = silent.size > 1 ? neverAsked : (firstIncomplete(inFlight)?.socket ?? answered);
    silent.delete(longest ?? socket);
    idle.delete(longest ?? socket);
    (longest ?? socket).destroy();
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    silent.delete(socket);
    idle.delete(socket);
    inFlight.add(request);
    response.once("close", () => {
      inFlight.delete(request);
      if (!socket.destroyed) idle.add(socket);
    });
  });
}

function firstIncomplete(requests: Iterable<IncomingMessage>): IncomingMessage | null {
  for (const request of requests) if (!request.complete && !request.socket.destroyed) return request;
  return null;
}
