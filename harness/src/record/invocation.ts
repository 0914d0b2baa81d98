/** The outcome of one planned invocation, as the driver knows it. Each outcome has only its own facts. */
import { z } from "zod";
import { THROTTLE_REASONS } from "../words/platform-words.ts";
import {
  member,
  openWord,
  typed,
  type Member,
  type DeclaredMembers,
  type Recorded,
} from "./schema/member.ts";

const TEXT_OR_NULL = z.string().nullable();
const ERROR = {
  errorType: member("errorType", TEXT_OR_NULL),
  errorMessage: member("text", TEXT_OR_NULL),
} as const;

/** The members of an invocation that ended in this way. */
export const OUTCOMES = {
  succeeded: {},
  /** The function failed: it threw, timed out, crashed, or its answer failed `--success`. */
  "function-error": ERROR,
  /** Lambda refused the invocation because of concurrency (429). */
  throttled: { reason: member("text", typed<string | null>(openWord(THROTTLE_REASONS).nullable())) },
  /**
   * Lambda refused the invocation for another reason, or failed (4xx, 5xx). The status is null if the error came before the request was sent, so
   * that no invocation began.
   */
  "invocation-error": { ...ERROR, status: member("kept", z.number().nullable()) },
  /** No complete answer came: the connection broke or the client gave up. The function may have run. */
  unknown: { errorMessage: member("text", TEXT_OR_NULL) },
} as const;
export type InvocationOutcomeName = keyof typeof OUTCOMES;

type FactsOf<Of extends DeclaredMembers> = {
  readonly [Name in keyof Of]: Of[Name] extends Member<infer Schema> ? Recorded<Schema> : never;
};
export type InvocationOutcome = {
  readonly [Name in InvocationOutcomeName]: { readonly outcome: Name } & FactsOf<(typeof OUTCOMES)[Name]>;
}[InvocationOutcomeName];

/** The error type of an invocation that succeeded for Lambda, but whose answer does not satisfy `--success`. */
export const SUCCESS_EXPRESSION_ERROR = "Longrun.SuccessExpression";

export const INVOCATION_OUTCOMES = [
  "succeeded",
  "function-error",
  "throttled",
  "invocation-error",
  "unknown",
] as const satisfies readonly InvocationOutcomeName[];
