/** A Runtime API that returns scripted events and keeps all requests of a runtime client. */
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface ScriptedEvent {
  readonly event: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly call: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The headers that describe the client's answer. Other headers belong to HTTP or name the client. */
const KEPT = ["content-type", "lambda-runtime-function-error-type", "lambda-runtime-function-response-mode"];

export const requestIdOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export class RecordingRuntimeApi {
  readonly asked: Asked[] = [];
  readonly #server: Server;
  readonly #events: readonly ScriptedEvent[];
  #given = 0;
  #exhausted: () => void = () => undefined;
  /** Resolves when the client asks for an event after the last one. */
  readonly exhausted = new Promise<void>((resolve) => (this.#exhausted = resolve));

  private constructor(events: readonly ScriptedEvent[]) {
    this.#events = events;
    this.#server = createServer({ maxHeaderSize: 2 << 20 }, (request, response) => {
      void this.#take(request).then((asked) => this.#answer(asked, response));
    });
  }

  static async open(events: readonly ScriptedEvent[]): Promise<RecordingRuntimeApi> {
    const api = new RecordingRuntimeApi(events);
    api.#server.listen(0, "127.0.0.1");
    await once(api.#server, "listening");
    return api;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(asked: Asked, response: ServerResponse): void {
    this.asked.push(asked);
    if (!asked.call.endsWith("/invocation/next")) {
      response.writeHead(202, { "Content-Type": "application/json", "Content-Length": 16 });
      response.end('{"status":"OK"}\n');
      return;
    }
    const scripted = this.#events[this.#given];
    if (scripted === undefined) {
      this.#exhausted();
      return;
    }
    this.#given += 1;
    const event = JSON.stringify(scripted.event);
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(event),
      "Lambda-Runtime-Aws-Request-Id": requestIdOf(this.#given),
      // Later than the end of any test, and near enough for Java's client, which counts the remaining milliseconds in 32 bits.
      "Lambda-Runtime-Deadline-Ms": String(Date.now() + 3_600_000),
      "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-central-1:123456789012:function:f",
      ...scripted.headers,
    });
    response.end(event);
  }

  async #take(request: IncomingMessage): Promise<Asked> {
    const body = (await buffer(request)).toString("utf8");
    const headers = KEPT.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === "string" && body !== "" ? [[name, value] as const] : [];
    });
    return {
      call: `${request.method} ${(request.url ?? "").replace("/2018-06-01/runtime", "")}`,
      headers: Object.fromEntries(headers),
      body: body === "" ? null : (JSON.parse(body) as unknown),
    };
  }
}
