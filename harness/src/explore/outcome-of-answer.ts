/**
 * Converts the answer of the fleet (engine/fleet-contract.ts) into the outcome that the driver of a soak would see through the Lambda API.
 * Pure.
 */
import type { InvocationOutcome } from "../record/invocation.ts";
import type { InvokeResult } from "../engine/fleet-contract.ts";

export function outcomeOfAnswer(result: InvokeResult): InvocationOutcome {
  switch (result.kind) {
    case "throttled":
      return { outcome: "throttled", reason: result.reason };
    case "broken":
      return {
        outcome: "invocation-error",
        errorType: "ServiceException",
        errorMessage: result.message,
        status: 500,
      };
    case "answered": {
      if (result.functionError === null) return { outcome: "succeeded" };
      const payload = parse(result.payload.toString("utf8"));
      return {
        outcome: "function-error",
        errorType: member(payload, "errorType"),
        errorMessage: member(payload, "errorMessage"),
      };
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function member(payload: unknown, name: string): string | null {
  if (typeof payload !== "object" || payload === null) return null;
  const value = (payload as Record<string, unknown>)[name];
  return typeof value === "string" ? value : null;
}
