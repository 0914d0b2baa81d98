/** Sends a batch to its subscriber: as a JSON array by POST, or as lines of JSON over TCP (docs/aws/extensions.md#telemetry-api). */
import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import type { TelemetryDestination } from "./subscription-request.ts";

export interface Delivery {
  send(batch: readonly string[]): Promise<void>;
  close(): void;
}

/** `address` is the address behind the name sandbox.localdomain. */
export function openDelivery(destination: TelemetryDestination, address: string): Delivery {
  return destination.protocol === "HTTP"
    ? new HttpDelivery(destination, address)
    : new TcpDelivery(destination.port, address);
}

class HttpDelivery implements Delivery {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #destination: Extract<TelemetryDestination, { protocol: "HTTP" }>;
  readonly #address: string;

  constructor(destination: Extract<TelemetryDestination, { protocol: "HTTP" }>, address: string) {
    this.#destination = destination;
    this.#address = address;
  }

  send(batch: readonly string[]): Promise<void> {
    const body = Buffer.from(`[${batch.join(",")}]`);
    const { port, path } = this.#destination;
    const headers = {
      Host: `sandbox.localdomain:${port}`,
      "Content-Type": "application/json",
      "Content-Length": body.length,
      // The same ID at every attempt, so that a subscriber recognises a repeated batch.
      "Sequence-Id": createHash("sha256").update(body).digest("base64"),
    };
    return new Promise((resolve, reject) => {
      const post = request(
        { host: this.#address, port, path, method: "POST", headers, agent: this.#agent },
        (response) => {
          response.resume();
          response.once("error", reject);
          response.once("end", () => {
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300) resolve();
            else reject(new Error(`the subscriber answered ${status}`));
          });
        },
      );
      post.once("error", reject);
      post.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

class TcpDelivery implements Delivery {
  readonly #port: number;
  readonly #address: string;
  #socket: Promise<Socket> | null = null;
  #closed = false;

  constructor(port: number, address: string) {
    this.#port = port;
    this.#address = address;
  }

  async send(batch: readonly string[]): Promise<void> {
    this.#socket ??= this.#open();
    const socket = await this.#socket;
    await new Promise<void>((resolve, reject) => {
      socket.write(batch.map((event) => `${event}\n`).join(""), (error) =>
        error === null || error === undefined ? resolve() : reject(error),
      );
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket?.then(
      (socket) => socket.destroy(),
      () => undefined,
    );
  }

  #open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: this.#address, port: this.#port });
      socket.setNoDelay(true);
      // Discards whatever the subscriber sends.
      socket.resume();
      socket.on("error", reject);
      socket.once("close", () => {
        this.#socket = null;
      });
      socket.once("connect", () => {
        if (this.#closed) socket.destroy();
        resolve(socket);
      });
    });
  }
}
