/**
 * A clause says what fits, in one sentence. A history fits if no clause forbids one of its moves, if each move is made at a moment that
 * the clauses allow, and if no state lasts longer than the clauses allow.
 */
import type { Situation } from "../states/situation.ts";
import type { HistoryMove } from "../states/state.ts";
import type { Bound } from "../states/zone.ts";

export interface Clause {
  readonly name: string;
  readonly says: string;
  readonly forbids?: (situation: Situation, move: HistoryMove) => boolean;
  /** When the move can be made. */
  readonly when?: (situation: Situation, move: HistoryMove) => readonly Bound[];
  /** How long the state can last. */
  readonly lasts?: (situation: Situation) => readonly Bound[];
}

/** The connection that the server looks at for the first time in this move, or null. */
export function lookedAt({ state }: Situation, move: HistoryMove): number | null {
  if (move.does !== "queues" && move.does !== "turns-away" && move.does !== "places") return null;
  return state.connections[move.connection]!.stage === "line" ? move.connection : null;
}
