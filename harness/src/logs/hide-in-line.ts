/**
 * Hides values in a log line, but none of which the line would say something else to the judgement: a value can be a word of the platform, or
 * the name of a peer.
 */
import { withoutParts, type FindHidden, type HiddenPart } from "../base/hidden-text.ts";
import { decodeMessage } from "./stream-event.ts";

export function hideInLine(message: string, find: FindHidden): string {
  const parts = find(message);
  if (parts.length === 0) return message;
  const said = facts(message);
  const whole = withoutParts(message, parts);
  if (facts(whole) === said) return whole;
  const kept: HiddenPart[] = [];
  for (const part of parts) if (facts(withoutParts(message, [...kept, part])) === said) kept.push(part);
  return withoutParts(message, kept);
}

/** What the judgement and its sentences read of the line; of an error, its type. */
function facts(message: string): string {
  const decoded = decodeMessage(message);
  return decoded.kind === "error" ? JSON.stringify(decoded.error.readings) : JSON.stringify(decoded);
}
