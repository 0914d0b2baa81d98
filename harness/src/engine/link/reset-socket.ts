/**
 * Ends a socket with RST. While our own FIN is still being sent, libuv refuses a reset (EINVAL). Node then drops the socket without closing
 * it, so its `close` event never comes. Therefore the FIN is sent first, within a time limit.
 */
import type { Socket } from "node:net";

/** The limit for a FIN that waits behind data which the receiver does not read. */
const FIN_MS = 1_000;

export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  // A socket that is still connecting has nothing to reset.
  if (socket.connecting) return void socket.destroy();
  if (!socket.writableEnded || socket.writableFinished) return void socket.resetAndDestroy();
  const timer = setTimeout(() => socket.destroy(), FIN_MS);
  socket.once("close", () => clearTimeout(timer));
  socket.once("finish", () => resetSocket(socket));
}
