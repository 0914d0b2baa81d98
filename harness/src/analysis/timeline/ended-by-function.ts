/** Whether the function was the first to end a connection. After its goodbye, the server may be the first to close on TCP. */
import type { LinkConnection } from "./environment.ts";

export function endedByFunction({ goodbye, functionEndedAt }: LinkConnection): boolean {
  return goodbye === true || functionEndedAt !== null;
}
