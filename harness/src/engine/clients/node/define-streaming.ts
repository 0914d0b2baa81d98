/** The global object `awslambda`, with which a handler says that it streams its response (docs/aws/runtime-api.md). */
import type { ResponseStream } from "./response-stream.ts";
import { markStreaming } from "./streaming-mark.ts";

const HTTP_PRELUDE_TYPE = "application/vnd.awslambda.http-integration-response";
const PRELUDE_END = Buffer.alloc(8);

/** Must run before the handler's module is loaded, because the module marks its handler while it loads. */
export function defineStreaming(): void {
  const switchedOff = process.env["AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA"];
  if (switchedOff === "1" || switchedOff === "true") return;
  const from = (stream: ResponseStream, prelude: unknown): ResponseStream => {
    stream.setContentType(HTTP_PRELUDE_TYPE);
    stream.before(Buffer.concat([Buffer.from(JSON.stringify(prelude)), PRELUDE_END]));
    return stream;
  };
  (globalThis as Record<string, unknown>)["awslambda"] = {
    streamifyResponse: markStreaming,
    HttpResponseStream: { from },
  };
}
