/**
 * Whether the function was the first to end a connection. In some protocols the function sends a goodbye and the server then closes, so that on TCP
 * the server ends the connection first. Pure.
 */
import type { LinkConnection } from "./environment.ts";

export function endedByFunction({ goodbye, functionEndedAt }: LinkConnection): boolean {
  return goodbye === true || functionEndedAt !== null;
}
