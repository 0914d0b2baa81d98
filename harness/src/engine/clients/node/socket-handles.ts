/**
 * The socket handles under Node's `net`, which Node does not document. They are checked, so that a version of Node in which they are
 * different is noticed. Node 20, 22 and 24 have them.
 */
export interface SocketHandles {
  readonly TCP: new (type: number) => TcpHandle;
  readonly TCPConnectWrap: new () => { oncomplete: (status: number) => void };
  readonly WriteWrap: new () => WriteRequest;
  /** The type of a socket that connects. */
  readonly client: number;
  /** Results of the last read and the last write of any handle, at the two indexes below. */
  readonly state: Int32Array;
  /** The number of bytes that were read, or the negative number of an error. */
  readonly bytesOrError: number;
  /** 0 if all bytes were written at once. */
  readonly lastWriteWaits: number;
}

/** Each call that returns a number returns 0 or the negative number of an error. */
export interface TcpHandle {
  onread: () => void;
  /** Bytes are read into this buffer. */
  useUserBuffer(buffer: Buffer): void;
  setNoDelay(on: boolean): void;
  connect(request: object, host: string, port: number): number;
  readStart(): number;
  writeUtf8String(request: object, text: string): number;
  writeBuffer(request: object, bytes: Buffer): number;
  ref(): void;
  unref(): void;
}

interface WriteRequest {
  handle: TcpHandle;
  /** Keeps the bytes in memory until they are written. */
  buffer?: unknown;
  oncomplete: () => void;
}

/** Returns null if the handles are missing, or if Node would write a warning about them into the function's log. */
export function socketHandles(): SocketHandles | null {
  const options = `${process.execArgv.join(" ")} ${process.env["NODE_OPTIONS"] ?? ""}`;
  const warns = process.env["NODE_PENDING_DEPRECATION"] === "1" || /--pending[-_]deprecation/.test(options);
  if (warns) return null;
  try {
    const found = { ...bindingNamed("tcp_wrap"), ...bindingNamed("stream_wrap") };
    const handles: Record<keyof SocketHandles, unknown> = {
      TCP: found["TCP"],
      TCPConnectWrap: found["TCPConnectWrap"],
      WriteWrap: found["WriteWrap"],
      client: (found["constants"] as Record<string, unknown> | undefined)?.["SOCKET"],
      state: found["streamBaseState"],
      bytesOrError: found["kReadBytesOrError"],
      lastWriteWaits: found["kLastWriteWasAsync"],
    };
    return areComplete(handles) ? handles : null;
  } catch {
    return null;
  }
}

function bindingNamed(name: string): Record<string, unknown> {
  const binding = Reflect.get(process, "binding") as (name: string) => Record<string, unknown>;
  return binding(name);
}

const METHODS = [
  "useUserBuffer",
  "setNoDelay",
  "connect",
  "readStart",
  "writeUtf8String",
  "writeBuffer",
  "ref",
  "unref",
];

function areComplete(handles: Record<keyof SocketHandles, unknown>): handles is SocketHandles {
  const { TCP, TCPConnectWrap, WriteWrap, client, state, bytesOrError, lastWriteWaits } = handles;
  return (
    typeof TCP === "function" &&
    METHODS.every((name) => typeof Reflect.get(TCP.prototype as object, name) === "function") &&
    typeof TCPConnectWrap === "function" &&
    typeof WriteWrap === "function" &&
    state instanceof Int32Array &&
    [client, bytesOrError, lastWriteWaits].every((value) => typeof value === "number")
  );
}
