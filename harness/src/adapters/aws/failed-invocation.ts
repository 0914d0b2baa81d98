/** The outcome of an invocation for which the client threw an error: throttled, refused, or unknown. */
import { signedOut } from "../../words/signed-out.ts";
import type { InvocationAnswer } from "../../run/ports/function-driver.ts";
import { neverSent } from "./never-sent.ts";
import { errorText } from "./error-text.ts";

interface ServiceError {
  readonly name?: string;
  readonly code?: string;
  readonly Reason?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

export function failedInvocation(error: unknown): InvocationAnswer {
  const { name, code, Reason, $metadata } = error as ServiceError;
  const status = $metadata?.httpStatusCode ?? null;
  const common = { requestId: $metadata?.requestId ?? null, executedVersion: null, payload: null };
  const text = errorText(error);
  const noSignIn = signedOut(error);
  if (noSignIn !== null) {
    return {
      ...common,
      outcome: { outcome: "invocation-error", errorType: name ?? null, errorMessage: text, status },
      signedOut: noSignIn,
    };
  }
  if (status === 429) return { ...common, outcome: { outcome: "throttled", reason: Reason ?? null } };
  // A 2xx response whose body broke off or could not be read is not a refusal: the function may have run.
  if (status !== null && status >= 300) {
    return {
      ...common,
      outcome: { outcome: "invocation-error", errorType: name ?? null, errorMessage: text, status },
    };
  }
  if (status === null && neverSent(error)) {
    return {
      ...common,
      outcome: { outcome: "invocation-error", errorType: code ?? name ?? null, errorMessage: text, status },
    };
  }
  return { ...common, outcome: { outcome: "unknown", errorMessage: text } };
}
