/** Sends requests that no SDK would send: as bytes on a socket, or with special headers. */
import { request } from "node:http";
import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export const authorization = (service = "lambda", region = "eu-central-1"): string =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/${region}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** Headers that replace or extend those of a valid request. The value undefined removes a header. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
}

export function rawRequest(
  endpoint: string,
  { method = "GET", path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  const url = new URL(endpoint);
  const all = { authorization: authorization(), ...headers };
  const sent = Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return new Promise((resolve, reject) => {
    const call = request(
      { host: url.hostname, port: url.port, method, path, headers: sent, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
        response.on("error", reject);
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

/** Writes bytes and returns everything that is received until the connection ends. */
export function rawBytes(
  endpoint: string,
  bytes: string | Buffer,
  options: { readonly destroy?: boolean } = {},
): Promise<string> {
  const url = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname);
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
    socket.on("connect", () => {
      socket.write(bytes, () => {
        if (options.destroy === true) socket.destroy();
        else socket.end();
      });
    });
  });
}
