/** Asks AWS one question. Returns its answer, or why there was none, with the permission that the question needs. */
import type { Seen } from "../../doctor/account-facts.ts";
import { isSignedOut } from "../../words/signed-out.ts";
import { errorText } from "./error-text.ts";

const DENIED = new Set(["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"]);

export async function seenOrWhy<Value>(action: string, ask: () => Promise<Value>): Promise<Seen<Value>> {
  try {
    return { seen: true, value: await ask() };
  } catch (error) {
    return { seen: false, why: whyOf(error), action, text: errorText(error) };
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
