/**
 * The two protocols `longrun` and `raw`: which bytes to send, and what received bytes mean. `longrun` is line-delimited JSON (contract.ts).
 * `raw` sends and expects the bytes of the settings, for a machine that does not speak `longrun`.
 */
import type { ClientFrame, HelloFrame } from "../contract.ts";
import type { FunctionEnvironment } from "../environment.ts";
import { createLineReader } from "./line-reader.ts";

export type PeerMessage =
  | { readonly found: "welcome" }
  | { readonly found: "busy" }
  | { readonly found: "evicted" }
  /** `id` is null if the protocol has no ids; the answer then belongs to the last request. */
  | { readonly found: "answer"; readonly id: string | null; readonly payload: unknown }
  | { readonly found: "gibberish"; readonly text: string };

export interface PeerProtocol {
  /** What the function sends as soon as TCP is open. Null if the peer sends first. */
  readonly greeting: (hello: Omit<HelloFrame, "type">) => Uint8Array | null;
  /** Null if the protocol sends no request on an open connection. */
  readonly request: (id: string, time: string) => Uint8Array | null;
  readonly farewell: Uint8Array | null;
  readonly read: (chunk: Uint8Array) => readonly PeerMessage[];
  /** True if the invocation that connected sends no further request. */
  readonly greetingIsExchange: boolean;
  /** The outcome if TCP was open and the peer closed before any expected answer (docs/contracts.md#outcome-of-an-attempt). */
  readonly closedUnanswered: "refused" | "failed";
}

const encode = (frame: ClientFrame): Uint8Array => Buffer.from(`${JSON.stringify(frame)}\n`);

export function longrunProtocol(): PeerProtocol {
  const lines = createLineReader();
  return {
    greeting: (hello) => encode({ type: "hello", ...hello }),
    request: (id, time) => encode({ type: "request", id, time }),
    farewell: encode({ type: "bye" }),
    read(chunk) {
      const read = lines.read(chunk);
      if (read === null) return [{ found: "gibberish", text: "a line without an end" }];
      return read.map(findingOfLine).filter((finding) => finding !== null);
    },
    greetingIsExchange: false,
    // Through a link, TCP always opens. A close without any answer means that no server listens behind the link.
    closedUnanswered: "failed",
  };
}

/** Unknown frames are ignored, because the peer may be newer than this function. */
function findingOfLine(line: string): PeerMessage | null {
  let frame: unknown;
  try {
    frame = JSON.parse(line);
  } catch {
    return { found: "gibberish", text: line.slice(0, 80) };
  }
  if (typeof frame !== "object" || frame === null || !("type" in frame))
    return { found: "gibberish", text: line.slice(0, 80) };
  switch (frame.type) {
    case "welcome":
    case "busy":
    case "evicted":
      return { found: frame.type };
    case "reply":
      return {
        found: "answer",
        id: "id" in frame && typeof frame.id === "string" ? frame.id : null,
        payload: "payload" in frame ? frame.payload : null,
      };
    default:
      return null;
  }
}

export function rawProtocol(settings: Pick<FunctionEnvironment, "request" | "expect">): PeerProtocol {
  const { request } = settings;
  const expect = settings.expect === null ? null : Buffer.from(settings.expect);
  let received = Buffer.alloc(0);
  return {
    greeting() {
      received = Buffer.alloc(0);
      return request;
    },
    request() {
      received = Buffer.alloc(0);
      return request;
    },
    farewell: null,
    read(chunk) {
      if (expect === null) return chunk.length === 0 ? [] : [{ found: "answer", id: null, payload: null }];
      const data = Buffer.concat([received, chunk]);
      if (data.includes(expect)) {
        received = Buffer.alloc(0);
        return [{ found: "answer", id: null, payload: null }];
      }
      // Keeps only the last bytes, which may be the beginning of the expected bytes.
      received = Buffer.from(data.subarray(Math.max(0, data.length - expect.length + 1)));
      return [];
    },
    greetingIsExchange: true,
    closedUnanswered: "refused",
  };
}
