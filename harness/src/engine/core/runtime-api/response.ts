/** POST /runtime/invocation/{id}/response: the function's result, up to 6 MiB and 100 bytes (facts §6.1, §4.3). */
import type { IncomingMessage, ServerResponse } from "node:http";
import { responseTooLargePayload } from "../invocation-failure.ts";
import { accept, header, readBody, refuse } from "./reply.ts";
import type { RuntimeSession } from "./runtime-session.ts";

export const PAYLOAD_BYTES_MAX = 6 * 1024 * 1024 + 100;

export async function handleResponse(
  session: RuntimeSession,
  requestId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headAt = session.monotonic();
  if (session.invocationInProgress !== null && requestId !== session.invocationInProgress) {
    return refuse(response, 400, "InvalidRequestID", "Invalid request ID");
  }
  if (!session.moveOrRefuse("InvocationResponse", response)) return;
  const payload = await session.receive(request.socket, readBody(request, PAYLOAD_BYTES_MAX));
  if (payload === null) {
    const tooLarge = responseTooLargePayload(PAYLOAD_BYTES_MAX);
    refuse(
      response,
      413,
      "RequestEntityTooLarge",
      `Exceeded maximum allowed payload size (${PAYLOAD_BYTES_MAX} bytes).`,
    );
    // AWS prints the message first here (facts §4.3).
    const body = { errorMessage: tooLarge.errorMessage, errorType: tooLarge.errorType };
    return session.finishAnswer({
      payload: Buffer.from(JSON.stringify(body)),
      contentType: "application/json",
      functionError: true,
      headAt,
    });
  }
  accept(response);
  const given = header(request, "content-type");
  session.finishAnswer({
    payload,
    contentType: given === "" ? "application/json" : given,
    functionError: false,
    headAt,
  });
}
