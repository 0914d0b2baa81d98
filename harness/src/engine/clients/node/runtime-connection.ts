/**
 * The client's side of the Runtime API over one TCP connection that stays open, without `http`, which takes long to load. The socket keeps
 * the event loop alive only while the client waits for an event or streams a response, so that an empty loop can be noticed.
 */
import { connect, type Socket } from "node:net";
import type { ErrorPayload } from "./error-payload.ts";
import { headerOf, ResponseParser, type HttpResponse } from "./response-parser.ts";

const PREFIX = "/2018-06-01/runtime";
const REQUEST_ID = /\r\nLambda-Runtime-Aws-Request-Id:([^\r]*)/i;
const DEADLINE = /\r\nLambda-Runtime-Deadline-Ms:([^\r]*)/i;
const FUNCTION_ARN = /\r\nLambda-Runtime-Invoked-Function-Arn:([^\r]*)/i;
const TRACE_ID = /\r\nLambda-Runtime-Trace-Id:([^\r]*)/i;
const CLIENT_CONTEXT = /\r\nLambda-Runtime-Client-Context:([^\r]*)/i;
const TENANT_ID = /\r\nLambda-Runtime-Aws-Tenant-Id:([^\r]*)/i;
const COGNITO_IDENTITY = /\r\nLambda-Runtime-Cognito-Identity:([^\r]*)/i;

export interface NextInvocation {
  readonly requestId: string;
  readonly deadlineMs: number;
  readonly invokedFunctionArn: string;
  readonly traceId: string | null;
  readonly clientContext: string | null;
  readonly cognitoIdentity: string | null;
  readonly tenantId: string | null;
  readonly body: string;
}

export interface ChunkedPost {
  write(chunk: Buffer, done: () => void): void;
  /** `error` is sent in the trailers. */
  end(error: ErrorPayload | null): void;
}

export class RuntimeConnection {
  readonly #socket: Socket;
  readonly #host: string;
  /** True while a response is streamed: nothing else may be written between its chunks. */
  #streaming = false;
  #confirmed: Promise<void> = Promise.resolve();
  readonly #waiting: Array<(response: HttpResponse) => void> = [];

  constructor(address: string) {
    this.#host = address;
    const colon = address.lastIndexOf(":");
    const parser = new ResponseParser((response) => this.#waiting.shift()?.(response));
    const [host, port] = [address.slice(0, colon), Number(address.slice(colon + 1))];
    this.#socket = connect({ host, port, noDelay: true });
    this.#socket.on("data", (bytes) => parser.push(bytes));
    this.#socket.on("error", () => undefined);
    // Without the Runtime API the process has nothing left to do.
    this.#socket.on("close", () => process.exit(1));
    this.#socket.unref();
  }

  async next(): Promise<NextInvocation> {
    // The Runtime API handles the requests of one connection in parallel, so this request waits until the streamed response is confirmed.
    this.#socket.ref();
    await this.#confirmed;
    const response = await this.#exchange(this.#head("GET", "/invocation/next"));
    this.#socket.unref();
    if (response.status !== 200)
      throw new Error(`the Runtime API answered ${response.status} to next: ${response.body}`);
    return invocationOf(response);
  }

  respondAndNext(requestId: string, body: string): Promise<NextInvocation> {
    return this.#postAndNext(`/invocation/${requestId}/response`, body, "");
  }

  failAndNext(requestId: string, error: ErrorPayload): Promise<NextInvocation> {
    return this.#postAndNext(`/invocation/${requestId}/error`, JSON.stringify(error), errorTypeHeader(error));
  }

  openResponse(requestId: string, contentType: string): ChunkedPost {
    const head = this.#head("POST", `/invocation/${requestId}/response`).trimEnd();
    this.#streaming = true;
    const answered = this.#exchange(
      `${head}\r\nContent-Type: ${oneLine(contentType)}\r\n` +
        "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n" +
        "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n",
    );
    this.#confirmed = answered.then(() => {
      this.#streaming = false;
    });
    return chunkedPost(this.#socket);
  }

  /** Keeps the event loop alive until the returned function is called. */
  hold(): () => void {
    this.#socket.ref();
    return () => this.#socket.unref();
  }

  /** Does nothing while a response is streamed: the Runtime API would refuse the error, so the process ends without reporting it. */
  async invocationError(requestId: string, error: ErrorPayload): Promise<void> {
    if (!this.#streaming) await this.#post(`/invocation/${requestId}/error`, error);
  }

  async initError(error: ErrorPayload): Promise<void> {
    await this.#post("/init/error", error);
  }

  async #post(path: string, error: ErrorPayload): Promise<void> {
    this.#socket.ref();
    await this.#exchange(
      this.#entity(path, "application/json", JSON.stringify(error), errorTypeHeader(error)),
    );
  }

  /** Also asks for the next event. A Runtime API that does not know the header `Longrun-Then-Next` only confirms the answer. */
  #postAndNext(path: string, text: string, extra: string): Promise<NextInvocation> {
    this.#socket.ref();
    return new Promise((resolve) => {
      this.#waiting.push((response) => {
        this.#socket.unref();
        const isEvent = headerOf(response.head, REQUEST_ID) !== null;
        resolve(isEvent ? invocationOf(response) : this.next());
      });
      this.#socket.write(this.#entity(path, "application/json", text, `${extra}Longrun-Then-Next: 1\r\n`));
    });
  }

  #exchange(request: string): Promise<HttpResponse> {
    const reply = new Promise<HttpResponse>((resolve) => this.#waiting.push(resolve));
    this.#socket.write(request);
    return reply;
  }

  #entity(path: string, contentType: string, text: string, extra: string): string {
    const entity = `Content-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
    return this.#head("POST", path, entity + extra) + text;
  }

  #head(method: string, path: string, headers = ""): string {
    return `${method} ${PREFIX}${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${headers}\r\n`;
  }
}

function invocationOf({ head, body }: HttpResponse): NextInvocation {
  return {
    requestId: headerOf(head, REQUEST_ID) ?? "",
    deadlineMs: Number(headerOf(head, DEADLINE) ?? 0),
    invokedFunctionArn: headerOf(head, FUNCTION_ARN) ?? "",
    traceId: headerOf(head, TRACE_ID),
    clientContext: utf8(headerOf(head, CLIENT_CONTEXT)),
    cognitoIdentity: utf8(headerOf(head, COGNITO_IDENTITY)),
    tenantId: headerOf(head, TENANT_ID),
    body,
  };
}

/** Client context and Cognito identity are sent as UTF-8, but the parser reads a header as latin1. */
function utf8(bytes: string | null): string | null {
  return bytes === null ? null : Buffer.from(bytes, "latin1").toString("utf8");
}

function chunkedPost(socket: Socket): ChunkedPost {
  let ended = false;
  return {
    write: (chunk, done) => {
      if (ended || chunk.length === 0) return done();
      const size = Buffer.from(`${chunk.length.toString(16)}\r\n`);
      socket.write(Buffer.concat([size, chunk, Buffer.from("\r\n")]), done);
    },
    end: (error) => {
      if (ended) return;
      ended = true;
      const body = Buffer.from(JSON.stringify(error)).toString("base64");
      const trailers =
        error === null ? "" : `${errorTypeHeader(error)}Lambda-Runtime-Function-Error-Body: ${body}\r\n`;
      socket.write(`0\r\n${trailers}\r\n`);
    },
  };
}

/** Returns the header line with the error's type. Characters that a header cannot have become underscores. */
function errorTypeHeader(error: ErrorPayload): string {
  const type = oneLine(error.errorType).replace(/ /g, "_");
  return type === "" ? "" : `Lambda-Runtime-Function-Error-Type: ${type}\r\n`;
}

function oneLine(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, "_");
}
