/** Deletes the provisioned concurrency of an environment that holds a connection, and reads in the peer's log how the connection ends. */
import { DeleteProvisionedConcurrencyConfigCommand } from "@aws-sdk/client-lambda";
import { watch } from "../watch.ts";
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, notReached, onAws } from "../probe.ts";
import { LABEL, unusedConnection } from "./unused-connection.ts";

const POLL_MS = 5_000;
const WITHIN_MS = 20 * 60_000;

export const environmentEnd: FullProbe = onAws(
  "The local engine cannot show how AWS ends environments.",
  endWithin(WITHIN_MS),
);

export function endWithin(withinMs: number): FullProbe {
  return async ({ lambda, functions, peerLines, signal }) => {
    const held = unusedConnection(await peerLines(LABEL));
    if (held === null || held.end !== null)
      return notReached("The environment of the row `harm` has no open connection.");
    const one = { FunctionName: functions[LABEL].name, Qualifier: held.version };
    await lambda.send(new DeleteProvisionedConcurrencyConfigCommand(one), { abortSignal: signal });
    const from = performance.now();
    const end = await watch({
      look: async () => {
        const { connection, end } = unusedConnection(await peerLines(LABEL)) ?? {};
        return connection === held.connection && end != null
          ? { end, afterMs: performance.now() - from }
          : null;
      },
      pollMs: POLL_MS,
      withinMs,
      signal,
    });
    if (end === null)
      return differs(`For ${Math.round(withinMs / 60_000)} min the peer saw neither a FIN nor a RST.`);
    const after = `${Math.round(end.afterMs / 1_000)} s after its provisioned concurrency was deleted`;
    if (end.end === "closed") return confirmed(`The environment's connection ended with FIN, ${after}.`);
    return end.end === "reset"
      ? differs(`The peer saw a RST, or its keep-alive was not answered, ${after}.`)
      : differs(`The connection ended at the peer as ${end.end}, ${after}.`);
  };
}
