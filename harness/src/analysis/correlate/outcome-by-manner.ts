/**
 * Decides the outcome of a connection that only the link saw, by what a probe saw of the peer before the run (docs/probe.md#before-a-soak):
 * whoever was treated as the probe's client that was one too many was turned away, and everybody else had a place. Silence and bytes alone do
 * not show this, because they look the same on a server with another manner. Nothing is decided if the peer ended the connection as soon as it
 * turns clients away, but not in the way that the probe saw.
 */
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import type { FirstAnswer, ProbedPeer, WhenFull } from "../../record/probe.ts";
import type { Places } from "../../words/capacity.ts";
import { REFUSAL_LASTS_MS_MAX } from "../../catalogue/protocols/protocol.ts";
import { raw } from "../../catalogue/protocols/raw.ts";
import type { LinkConnection } from "../timeline/environment.ts";

export interface ProbedManner {
  readonly whenFull: Exclude<WhenFull, "ends-older">;
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
  // Which of two clients an evicting machine serves is decided by takeovers, not by links.
  if (whenFull === null || whenFull === "ends-older") return null;
  const [served, refused] = [probed.connections[0]?.greeting, probed.connections[places ?? 0]?.greeting];
  return {
    whenFull,
    withinMs: durationMs(REFUSAL_LASTS_MS_MAX + (turnsAwayAfterMs ?? 0)),
    refusal: refused == null || refused.digest === served?.digest ? null : refused,
    evidenceEnd,
  };
}

export function outcomeByManner(link: LinkConnection, manner: ProbedManner): "accepted" | "refused" | null {
  const { connectedAt, answered, by, protocol, contradiction } = link;
  const readable = protocol !== null && protocol !== raw.name;
  if (connectedAt === null || readable || contradiction !== null) return null;
  const stayed = endOf(link, manner.evidenceEnd) - connectedAt > manner.withinMs;
  const ended = by === "peer" && !stayed;
  switch (manner.whenFull) {
    case "waits":
      return answered ? "accepted" : null;
    case "does-not-listen":
      return answered || stayed ? "accepted" : null;
    case "closes":
      if (answered || stayed) return "accepted";
      return ended ? "refused" : null;
    case "says-and-closes":
      return outcomeByWords(link.answer, manner.refusal, { stayed, ended });
  }
}

/** Words of another length are no refusal: a number in them can differ each time, but then they are equally long. */
function outcomeByWords(
  answer: FirstAnswer | null,
  refusal: FirstAnswer | null,
  { stayed, ended }: { readonly stayed: boolean; readonly ended: boolean },
): "accepted" | "refused" | null {
  const told = answer !== null && answer.digest === refusal?.digest;
  if (told) return stayed ? null : "refused";
  const other = answer !== null && refusal !== null && answer.bytes !== refusal.bytes;
  return stayed || (other && !ended) ? "accepted" : null;
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
