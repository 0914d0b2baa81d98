/**
 * Exposure: one environment took the connection of another one, because the peer serves the newest client (docs/checks.md#takeover). This
 * check only informs.
 */
import type { TakenOver } from "../../../result/findings/exposure-findings.ts";
import { TAKEOVER_MS } from "../../timeline/note-evictions.ts";
import type { TakeoverGroup, Takeovers } from "../takeover.ts";
import { reconnects } from "../takeover-groups.ts";
import { waitsByInvocation } from "../takeover-waits.ts";
import { defineCheck, sayClear, sayFound, sayUnknown, type PartialFinding } from "./check.ts";

export const connectionsTakenOver = defineCheck({
  name: "connections-taken-over",
  kind: "exposure",
  run: ({ takeovers }): PartialFinding[] => {
    const findings = [...takeovers.groups.map(foundIn), ...unknownIn(takeovers)];
    if (findings.length > 0 || !takeovers.shown) return findings;
    return [sayClear("none-taken-over")];
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
  const about = { environment: victim, holder: evicter, from, to };
  return inTurn
    ? sayFound(
        "taken-over-in-turn",
        { first: evicter.id, second: victim.id, reconnecting: reconnects(group), ...counts },
        about,
      )
    : sayFound("taken-over", { evicter: evicter.id, victim: victim.id, ...counts }, about);
}

function unknownIn({ byUnknown, possible }: Takeovers): PartialFinding[] {
  const findings: PartialFinding[] = [];
  if (byUnknown > 0) findings.push(sayUnknown("evicter-unknown", { connections: byUnknown }));
  if (possible > 0)
    findings.push(sayUnknown("perhaps-taken-over", { connections: possible, withinMs: TAKEOVER_MS }));
  return findings;
}
