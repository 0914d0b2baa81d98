/**
 * Exposure: one environment took the connection of another one, because the peer serves the newest client (docs/checks.md#takeover). This
 * check only informs.
 */
import type { TakenOver } from "../../../result/findings/exposure-findings.ts";
import { TAKEOVER_MS } from "../../timeline/note-evictions.ts";
import type { TakeoverGroup, Takeovers } from "../takeover.ts";
import { reconnects } from "../takeover-groups.ts";
import { waitsByInvocation } from "../takeover-waits.ts";
import { defineCheck, type PartialFinding } from "./check.ts";

export const connectionsTakenOver = defineCheck({
  name: "connections-taken-over",
  kind: "exposure",
  run: ({ takeovers }): PartialFinding[] => {
    const findings = [...takeovers.groups.map(foundIn), ...unknownIn(takeovers)];
    if (findings.length > 0 || !takeovers.shown) return findings;
    return [{ status: "clear", code: "none-taken-over", parameters: {} }];
  },
});

function foundIn(group: TakeoverGroup): PartialFinding {
  const { evicter, victim, inTurn, takeovers } = group;
  const [from, to] = [takeovers[0]?.at ?? null, takeovers.at(-1)?.at ?? null];
  const waits = [...waitsByInvocation(takeovers).values()];
  const waited = waits.flatMap(({ waitedMs }) => waitedMs ?? []);
  const counts: TakenOver = {
    times: takeovers.length,
    durationMs: (to ?? 0) - (from ?? 0),
    delayed: waited.length,
    longestWaitMs: waited.length === 0 ? null : Math.max(...waited),
    withoutConnection: waits.length - waited.length,
  };
  return {
    status: "found",
    environment: victim,
    holder: evicter,
    from,
    to,
    ...(inTurn
      ? {
          code: "taken-over-in-turn",
          parameters: { first: evicter.id, second: victim.id, reconnecting: reconnects(group), ...counts },
        }
      : { code: "taken-over", parameters: { evicter: evicter.id, victim: victim.id, ...counts } }),
  };
}

function unknownIn({ byUnknown, possible }: Takeovers): PartialFinding[] {
  const findings: PartialFinding[] = [];
  if (byUnknown > 0)
    findings.push({
      status: "unknown",
      code: "evicter-unknown",
      parameters: { connections: byUnknown },
    });
  if (possible > 0)
    findings.push({
      status: "unknown",
      code: "perhaps-taken-over",
      parameters: { connections: possible, withinMs: TAKEOVER_MS },
    });
  return findings;
}
