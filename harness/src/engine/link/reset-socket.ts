/**
 * Ends a socket with RST. libuv refuses a reset (EINVAL) while a FIN of ours is still on its way, and Node then forgets the socket
 * without closing it: whoever waits for its `close` waits for ever. So the FIN goes first, for so long as it can.
 */
import type { Socket } from "node:net";

/** A FIN behind data that the other side does not read. */
const FIN_MS = 1_000;

export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  // One that is still connecting has nothing to reset.
  if (socket.connecting) return void socket.destroy();
  if (!socket.writableEnded || socket.writableFinished) return void socket.resetAndDestroy();
  const timer = setTimeout(() => socket.destroy(), FIN_MS);
  socket.once("close", () => clearTimeout(timer));
  socket.once("finish", () => resetSocket(socket));
}
