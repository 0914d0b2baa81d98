/** Invokes a function of the verification once. A refusal with 429 is returned, and the invocation is not repeated. */
import { InvokeCommand, LambdaServiceException } from "@aws-sdk/client-lambda";
import { z } from "zod";
import type { ProbeContext } from "./probe.ts";
import type { ProbeAnswer, ProbeEvent } from "./probe-event.ts";

const ANSWER = z.object({
  logStream: z.string(),
  value: z.string().nullable(),
  runtime: z.string().nullable(),
  refusal: z.string().nullable(),
  clocks: z.object({ epochMs: z.number(), monotonicMs: z.number() }).optional(),
});
const FAILURE = z.object({ errorType: z.string().optional() });

type Invoker = Pick<ProbeContext, "lambda" | "functionName" | "signal">;

export interface Invoked<Answer = ProbeAnswer> {
  readonly requestId: string;
  /** Null if the function failed, or was not invoked. */
  readonly answer: Answer | null;
  /** The type of the function's error. Null if the function succeeded, or was not invoked. */
  readonly failed: string | null;
  /** Null if the function was invoked. */
  readonly refused: { readonly status: number; readonly reason: string } | null;
}

/** Invokes the function that the verification's tier `lambda` deploys (row.ts). Rejects if its answer has an unknown form. */
export async function invoke(invoker: Invoker, event: ProbeEvent): Promise<Invoked> {
  const invoked = await invokeAny(invoker, event);
  return { ...invoked, answer: invoked.answer === null ? null : ANSWER.parse(invoked.answer) };
}

export async function invokeAny(
  { lambda, functionName, signal }: Invoker,
  event: object,
): Promise<Invoked<object>> {
  try {
    const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) });
    const { $metadata, FunctionError, Payload } = await lambda.send(command, { abortSignal: signal });
    const payload = JSON.parse(Buffer.from(Payload ?? []).toString()) as object;
    const requestId = $metadata.requestId ?? "";
    if (FunctionError === undefined) return { requestId, answer: payload, failed: null, refused: null };
    const failed = FAILURE.safeParse(payload).data?.errorType ?? FunctionError;
    return { requestId, answer: null, failed, refused: null };
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

export function invokedText({ answer, failed, refused }: Invoked<object>): string {
  if (refused !== null) return `was refused with ${refused.status} (${refused.reason})`;
  return answer === null ? `failed with ${failed}` : "succeeded";
}
