/**
 * The agents of an HTTP client whose sockets send TCP keep-alive probes, also if they are not reused. A NAT gateway and an interface endpoint
 * forget a connection on which nothing is sent for 350 s, so without probes the answer to a longer invocation is lost
 * (docs/aws/networking.md#idle-connections).
 */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Socket } from "node:net";

const PROBE_AFTER_MS = 60_000;

interface AgentOptions {
  /** Whether a socket is kept for the next request. */
  readonly reuse: boolean;
  readonly maxSockets: number;
}

export function probingAgents({ reuse, maxSockets }: AgentOptions) {
  // If sockets are reused, the SDK sets the time of the first probe once more, to `keepAliveMsecs`.
  const options = { keepAlive: reuse, keepAliveMsecs: PROBE_AFTER_MS, maxSockets };
  return { httpAgent: new ProbingHttpAgent(options), httpsAgent: new ProbingHttpsAgent(options) };
}

class ProbingHttpAgent extends HttpAgent {
  override createConnection(...given: Parameters<HttpAgent["createConnection"]>) {
    return probing(super.createConnection(...given));
  }
}

class ProbingHttpsAgent extends HttpsAgent {
  override createConnection(...given: Parameters<HttpsAgent["createConnection"]>) {
    return probing(super.createConnection(...given));
  }
}

function probing<Stream extends object | null | undefined>(stream: Stream): Stream {
  if (stream instanceof Socket) stream.setKeepAlive(true, PROBE_AFTER_MS);
  return stream;
}
