/**
 * Decides the outcome of a connection that only the link saw, by what a probe saw of the peer before the run (docs/probe.md#before-a-soak):
 * whoever was treated as the probe's client that was one too many was turned away, and everybody else had a place. Silence and bytes alone do
 * not show this, because they look the same on a server with another manner. Nothing is decided if the peer ended the connection as soon as it
 * turns clients away, but not in the way that the probe saw.
 */
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import type { FirstAnswer, ProbedPeer } from "../../record/probe.ts";
import type { Places } from "../../words/capacity.ts";
import { REFUSAL_LASTS_MS_MAX } from "../../catalogue/protocols/protocol.ts";
import { raw } from "../../catalogue/protocols/raw.ts";
import type { LinkConnection } from "../timeline/environment.ts";

export interface ProbedManner {
  readonly whenFull: "closes" | "says-and-closes" | "waits";
  /** A client that stays longer was not turned away. */
  readonly withinMs: DurationMs;
  /** What the client that was one too many was told, if clients that are served are not told the same. */
  readonly refusal: FirstAnswer | null;
  readonly evidenceEnd: EpochMs | null;
}

/** Null if the probe saw no manner that a link can recognise, or another number of places than the judgement assumes. */
export function probedManner(
  probed: ProbedPeer | null,
  { places, evidenceEnd }: { readonly places: Places; readonly evidenceEnd: EpochMs | null },
): ProbedManner | null {
  if (probed === null || probed.manner.places !== places) return null;
  const { whenFull, turnsAwayAfterMs } = probed.manner;
  if (whenFull !== "closes" && whenFull !== "says-and-closes" && whenFull !== "waits") return null;
  const [served, refused] = [probed.connections[0]?.greeting, probed.connections[places ?? 0]?.greeting];
  return {
    whenFull,
    withinMs: durationMs(REFUSAL_LASTS_MS_MAX + (turnsAwayAfterMs ?? 0)),
    refusal: refused == null || refused.digest === served?.digest ? null : refused,
    evidenceEnd,
  };
}

export function outcomeByManner(
  link: LinkConnection,
  { whenFull, withinMs, refusal, evidenceEnd }: ProbedManner,
): "accepted" | "refused" | null {
  const { connectedAt, answered, answer, by, protocol, contradiction } = link;
  const readable = protocol !== null && protocol !== raw.name;
  if (connectedAt === null || readable || contradiction !== null) return null;
  const stayed = endOf(link, evidenceEnd) - connectedAt > withinMs;
  const ended = by === "peer" && !stayed;
  if (whenFull === "waits") return answered ? "accepted" : null;
  if (whenFull === "closes") return answered || stayed ? "accepted" : ended ? "refused" : null;
  const told = answer !== null && answer.digest === refusal?.digest;
  if (stayed) return told ? null : "accepted";
  if (told) return "refused";
  return answer !== null && refusal !== null && answer.bytes !== refusal.bytes && !ended ? "accepted" : null;
}

/** The first moment at which the connection did not certainly exist any more. */
function endOf(
  { closedAt, functionEndedAt, silencedAt }: LinkConnection,
  evidenceEnd: EpochMs | null,
): number {
  return [closedAt, functionEndedAt, silencedAt, evidenceEnd].reduce<number>(
    (first, end) => (end === null ? first : Math.min(first, end)),
    Infinity,
  );
}
