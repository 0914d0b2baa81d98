/** A client of the peer. A test tells it to send frames, bytes, FIN or RST. */
import { connect, type Socket } from "node:net";
import { once } from "node:events";

export interface TestClient {
  readonly socket: Socket;
  send(frame: unknown): void;
  sendBytes(bytes: string | Uint8Array): void;
  /** Resolves with the peer's next frame, with "end" after the peer's FIN, or with "reset". */
  next(): Promise<Record<string, unknown> | "end" | "reset">;
  /** Sends FIN. The client can still read. */
  finish(): void;
  reset(): void;
  /** `host:port` of the client's end. */
  readonly local: string;
}

export const hello = (bootId: string, token: number | null = null): unknown => ({
  type: "hello",
  bootId,
  logStream: `stream-${bootId}`,
  phase: "init",
  time: new Date().toISOString(),
  token,
});

export async function openClient(port: number): Promise<TestClient> {
  const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true, noDelay: true });
  const arrived: (Record<string, unknown> | "end" | "reset")[] = [];
  let wake: () => void = () => {};
  let rest = "";
  const arrive = (what: Record<string, unknown> | "end" | "reset"): void => {
    arrived.push(what);
    wake();
  };
  socket.on("data", (chunk) => {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) arrive(JSON.parse(line) as Record<string, unknown>);
  });
  socket.on("end", () => arrive("end"));
  socket.on("error", () => arrive("reset"));
  await once(socket, "connect");
  return {
    socket,
    send: (frame) => void socket.write(`${JSON.stringify(frame)}\n`),
    sendBytes: (bytes) => void socket.write(bytes),
    async next() {
      while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const [what] = arrived.splice(0, 1);
      return what ?? "end";
    },
    finish: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    local: `${socket.localAddress}:${socket.localPort}`,
  };
}
