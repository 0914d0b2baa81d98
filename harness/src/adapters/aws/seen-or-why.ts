/** A question to AWS → its answer, or why there was none, with the permission that it would have taken. */
import type { Seen } from "../../doctor/account-facts.ts";
import { isSignedOut } from "../../domain/signed-out.ts";

const DENIED = new Set(["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"]);

export async function seenOrWhy<Value>(action: string, ask: () => Promise<Value>): Promise<Seen<Value>> {
  try {
    return { seen: true, value: await ask() };
  } catch (error) {
    const { name, message, code } = error as {
      readonly name?: string;
      readonly message?: string;
      readonly code?: string;
    };
    const text = message === undefined || message === "" ? (code ?? name ?? String(error)) : message;
    return { seen: false, why: whyOf(error), action, text };
  }
}

function whyOf(error: unknown): Exclude<Extract<Seen<never>, { seen: false }>["why"], undefined> {
  const { name, code, $metadata } = error as {
    readonly name?: string;
    readonly code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (isSignedOut(error)) return "signed-out";
  if (name !== undefined && DENIED.has(name)) return "denied";
  if (name === "ResourceNotFoundException") return "absent";
  return $metadata?.httpStatusCode === undefined && (code !== undefined || name === "TimeoutError")
    ? "unreachable"
    : "other";
}
