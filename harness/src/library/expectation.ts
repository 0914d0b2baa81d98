/**
 * What `expectUnharmed`, `expectPass` and `expectHarm` ask of a result. Each function returns null if the expectation holds, else sentences
 * that say what happened instead and what to do.
 */
import type { FunctionResult } from "../result/function-result.ts";
import { count } from "../report/wording/fixed-words.ts";
import { reasonSentence } from "../report/wording/reason-sentence.ts";

/** An expectation about a function's environments that did not hold. The message says what happened and shows the picture of `swimLane`. */
export class LifecycleExpectationError extends Error {
  override readonly name = "LifecycleExpectationError";
}

export type Unmet = readonly string[] | null;

/** Holds if harm was possible (an exposure), the peer could be reached (an exchange after it), and no invocation was harmed. */
export function unharmed(result: FunctionResult): Unmet {
  const { name, exposure, harm, invocations } = result;
  if (harm.total > 0)
    return [
      `${count(harm.total, "invocation")} of ${name} failed because another execution environment held the peer.`,
      ...harmFindings(result, "found"),
    ];
  if (invocations.planned === 0)
    return [`Nothing shows that ${name} is unharmed, because it was not invoked. ${MAKE_AN_EXPOSURE}`];
  if (exposure.total === 0)
    return [
      `Nothing shows that ${name} is unharmed, because there was no exposure: no invocation began while another environment of it was alive. ${MAKE_AN_EXPOSURE}`,
    ];
  const unknown = harmFindings(result, "unknown");
  if (exposure.exchangedAfter !== true)
    return [
      `Nothing shows that ${name} is unharmed, because no invocation after the exposure exchanged anything with the peer. Give createFunction the peer, and invoke the function until an invocation reaches it.`,
      ...unknown,
    ];
  return unknown.length === 0 ? null : [`Whether ${name} was harmed is not known.`, ...unknown];
}

export function passed(result: FunctionResult): Unmet {
  const { name, verdict, reasons } = result;
  if (verdict === "pass") return null;
  return [
    `The verdict for ${name} is ${verdict}, not pass.`,
    ...reasons.map((reason) => reasonSentence(reason, result)),
    ...(reasons.includes("no-exposure") ? [MAKE_AN_EXPOSURE] : []),
    ...harmFindings(result, "found"),
    ...harmFindings(result, "unknown"),
  ];
}

export function harmed(result: FunctionResult): Unmet {
  if (result.harm.total > 0) return null;
  return [
    `No invocation of ${result.name} failed because another execution environment held the peer.`,
    ...harmFindings(result, "unknown"),
  ];
}

const MAKE_AN_EXPOSURE =
  'Call fn.initialiseAhead(), then fn.invoke(event, { placement: "new" }): the invocation then runs beside an environment that keeps what its Init opened.';

function harmFindings({ findings }: FunctionResult, wanted: "found" | "unknown"): readonly string[] {
  return findings.filter(({ kind, status }) => kind === "harm" && status === wanted).map(({ text }) => text);
}

export function withPicture(thrown: unknown, picture: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const before = thrown.message;
  thrown.message = `${before}\n\n${picture}\n`;
  // The stack begins with the old message, and test runners print the stack or the message.
  if (thrown.stack !== undefined) thrown.stack = thrown.stack.replace(before, () => thrown.message);
  return thrown;
}
