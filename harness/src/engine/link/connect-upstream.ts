/**
 * Connects to the peer. If the peer accepts, writes and resets immediately, its last bytes can still be read. If such a reset comes
 * before Node has noticed that the connection was established, Node reports a failed connect and closes the socket, although the kernel still
 * holds what the peer wrote. Node has no API to read it. Therefore this file changes the result of the connect on Node's internal handle
 * before Node sees the result. With a version of Node that has no such handle, the bytes are lost.
 */
import { lookup } from "node:dns";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { getSystemErrorMap } from "node:util";
import { knownFirst } from "./known-first.ts";

interface ConnectRequest {
  oncomplete: (status: number, ...rest: readonly unknown[]) => void;
}

export interface Upstream {
  readonly socket: Socket;
  /** Whether the peer reset the connection before Node noticed that it was established. Node then reports the end of the connection like a FIN. */
  readonly wasResetAtConnect: () => boolean;
}

export function connectUpstream(address: { readonly host: string; readonly port: number }): Upstream {
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true, lookup: resolve });
  let reset = false;
  onResetAtConnect(socket, () => {
    reset = true;
  });
  socket.once("connect", () => {
    if (isIP(address.host) === 0 && socket.remoteAddress !== undefined)
      reached.set(address.host, socket.remoteAddress);
  });
  return { socket, wasResetAtConnect: () => reset };
}

const reached = new Map<string, string>();

/**
 * Resolves a host name. Node tries the addresses one after the other and makes a new handle for each, but only the first handle is changed
 * here. So the address at which the name was last reached comes first.
 */
const resolve: LookupFunction = (host, options, found) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      found(error, []);
      return;
    }
    const sorted = knownFirst(addresses, reached.get(host));
    if (options.all === true) found(null, sorted);
    else found(null, sorted[0]?.address ?? "", sorted[0]?.family);
  });
};

function onResetAtConnect(socket: Socket, note: () => void): void {
  const handle: unknown = Reflect.get(socket, "_handle");
  if (typeof handle !== "object" || handle === null) return;
  for (const name of ["connect", "connect6"]) {
    const original: unknown = Reflect.get(handle, name);
    if (typeof original !== "function") continue;
    Reflect.set(handle, name, (request: unknown, ...rest: readonly unknown[]): unknown => {
      if (isRequest(request)) acceptReset(request, note);
      return Reflect.apply(original, handle, [request, ...rest]) as unknown;
    });
  }
}

function isRequest(request: unknown): request is ConnectRequest {
  return (
    typeof request === "object" &&
    request !== null &&
    typeof Reflect.get(request, "oncomplete") === "function"
  );
}

function acceptReset(request: ConnectRequest, note: () => void): void {
  const complete = request.oncomplete;
  request.oncomplete = function (this: unknown, status, handle, self, ...rest) {
    if (getSystemErrorMap().get(status)?.[0] !== "ECONNRESET") {
      Reflect.apply(complete, this, [status, handle, self, ...rest]);
      return;
    }
    note();
    // The connection was established (status 0); it is readable and writable (both true).
    Reflect.apply(complete, this, [0, handle, self, true, true]);
  };
}
