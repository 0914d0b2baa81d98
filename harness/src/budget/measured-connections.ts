/** Reads from the result of a run how many connections each environment of a function had at one time, and whether it kept them. */
import type { EnvironmentResult } from "../result/environment-result.ts";
import type { FunctionResult } from "../result/function-result.ts";
import type { ConnectionsEach } from "./budgeted-function.ts";

/** Without both findings, a connection may have been kept. */
const CLOSED = ["none-opened-in-init", "none-held-across-freeze"] as const;

/** Null if the run shows no connection. */
export function measuredConnections(result: FunctionResult, run: string): ConnectionsEach | null {
  const count = result.environments.map(mostAtOnce).reduce((most, one) => Math.max(most, one), 0);
  if (count === 0) return null;
  const closed = CLOSED.every((wanted) => result.findings.some(({ code }) => code === wanted));
  return { count, closed, run };
}

/** A connection without an end was open to the end. */
function mostAtOnce({ connections }: EnvironmentResult): number {
  const changes = connections
    .flatMap(({ from, to }) =>
      from === null
        ? []
        : [
            { at: Date.parse(from), by: 1 },
            { at: to === null ? Infinity : Date.parse(to), by: -1 },
          ],
    )
    .sort((a, b) => (a.at === b.at ? a.by - b.by : a.at - b.at));
  let [open, most] = [0, 0];
  for (const { by } of changes) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}
