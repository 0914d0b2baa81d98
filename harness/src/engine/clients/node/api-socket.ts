/**
 * The TCP connection to the Runtime API. It uses socket handles without `net`, because `net` and the streams that it loads take a tenth of
 * a cold start. If the handles are missing, or the address is a name, it uses `net`.
 */
import type * as Net from "node:net";
import { socketHandles, type SocketHandles } from "./socket-handles.ts";

/** A new socket does not keep the event loop alive. */
export interface ApiSocket {
  /** Text is written as UTF-8. `done` is called when the operating system has the bytes. */
  write(data: string | Buffer, done?: () => void): void;
  ref(): void;
  unref(): void;
}

export interface ApiSocketEvents {
  /** The bytes may be overwritten after the call. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Also called if there was no connection. */
  readonly onClose: () => void;
}

const READ_BYTES = 65_536;

export function openApiSocket(host: string, port: number, events: ApiSocketEvents): ApiSocket {
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  const handles = isAddress && Number.isInteger(port) ? socketHandles() : null;
  return handles === null ? openWithNet(host, port, events) : openWithHandle(handles, host, port, events);
}

function openWithHandle(
  { TCP, TCPConnectWrap, WriteWrap, client, state, bytesOrError, lastWriteWaits }: SocketHandles,
  host: string,
  port: number,
  { onBytes, onClose }: ApiSocketEvents,
): ApiSocket {
  const handle = new TCP(client);
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  handle.useUserBuffer(buffer);
  handle.onread = () => {
    const size = state[bytesOrError] ?? 0;
    if (size > 0) onBytes(buffer.subarray(0, size));
    else if (size < 0) onClose();
  };
  handle.setNoDelay(true);
  const connecting = new TCPConnectWrap();
  connecting.oncomplete = (status) => {
    if (status !== 0 || handle.readStart() !== 0) onClose();
  };
  if (handle.connect(connecting, host, port) !== 0) onClose();
  handle.unref();
  return {
    write(data, done) {
      const request = new WriteWrap();
      request.handle = handle;
      request.buffer = data;
      request.oncomplete = () => done?.();
      const code =
        typeof data === "string" ? handle.writeUtf8String(request, data) : handle.writeBuffer(request, data);
      if (code !== 0) onClose();
      else if (state[lastWriteWaits] === 0) done?.();
    },
    ref: () => handle.ref(),
    unref: () => handle.unref(),
  };
}

function openWithNet(host: string, port: number, { onBytes, onClose }: ApiSocketEvents): ApiSocket {
  const { connect } = require("node:net") as typeof Net;
  const socket = connect({ host, port, noDelay: true });
  socket.on("data", onBytes);
  socket.on("error", () => undefined);
  socket.on("close", onClose);
  socket.unref();
  return {
    write: (data, done) => void socket.write(data, () => done?.()),
    ref: () => void socket.ref(),
    unref: () => void socket.unref(),
  };
}
