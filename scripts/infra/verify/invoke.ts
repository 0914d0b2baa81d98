/** Invokes the function of the verification once. A refusal is an answer here, and is not repeated. */
import { InvokeCommand, LambdaServiceException } from "@aws-sdk/client-lambda";
import { z } from "zod";
import type { ProbeContext } from "./probe.ts";
import type { ProbeAnswer, ProbeEvent } from "./probe-event.ts";

const ANSWER = z.object({
  logStream: z.string(),
  value: z.string().nullable(),
  runtime: z.string().nullable(),
  refusal: z.string().nullable(),
});
const FAILURE = z.object({ errorType: z.string().optional() });

export interface Invoked {
  readonly requestId: string;
  /** Null if the function failed, or was not invoked. */
  readonly answer: ProbeAnswer | null;
  /** The type of the function's error; null if it succeeded. */
  readonly failed: string | null;
  /** Null if the function was invoked. */
  readonly refused: { readonly status: number; readonly reason: string } | null;
}

export async function invoke(
  { lambda, functionName, signal }: Pick<ProbeContext, "lambda" | "functionName" | "signal">,
  event: ProbeEvent,
): Promise<Invoked> {
  try {
    const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) });
    const { $metadata, FunctionError, Payload } = await lambda.send(command, { abortSignal: signal });
    const payload: unknown = JSON.parse(Buffer.from(Payload ?? []).toString());
    const requestId = $metadata.requestId ?? "";
    if (FunctionError === undefined)
      return { requestId, answer: ANSWER.parse(payload), failed: null, refused: null };
    return {
      requestId,
      answer: null,
      failed: FAILURE.safeParse(payload).data?.errorType ?? FunctionError,
      refused: null,
    };
  } catch (error) {
    if (!(error instanceof LambdaServiceException) || error.$metadata.httpStatusCode !== 429) throw error;
    const { Reason } = error as { readonly Reason?: string };
    return {
      requestId: error.$metadata.requestId ?? "",
      answer: null,
      failed: null,
      refused: { status: 429, reason: Reason ?? "no reason" },
    };
  }
}

/** Describes an invocation for the report. Pure. */
export function invokedText({ answer, failed, refused }: Invoked): string {
  if (refused !== null) return `was refused with ${refused.status} (${refused.reason})`;
  return answer === null ? `failed with ${failed}` : "succeeded";
}
