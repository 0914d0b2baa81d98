/** When an accepted connection began and ceased to occupy the peer, by the best witness: the peer, the link, the function itself. */
import type { Attempt } from "./environment.ts";

export function holdFrom(attempt: Attempt): number {
  return (
    attempt.peer?.acceptedAt ??
    (attempt.clock === "link" ? (attempt.link?.connectedAt ?? attempt.time) : attempt.time)
  );
}

/** The peer's, the link's or the function's own word that it is over; null: nobody said so. */
export function holdTo(attempt: Attempt): number | null {
  const peer = attempt.peer?.endedAt ?? null;
  if (peer !== null) return peer;
  const link = attempt.link?.closedAt ?? null;
  if (link !== null) return link;
  return attempt.disconnect?.time ?? null;
}

/** How the connection ended, as result.json says it. */
export function holdEnding(attempt: Attempt): "fin" | "rst" | "silence" | null {
  if (attempt.link !== null && attempt.link.silencedAt !== null) return "silence";
  if (attempt.link !== null && attempt.link.ending !== null) return attempt.link.ending;
  const ending = attempt.peer?.ending ?? null;
  if (ending === "reset") return "rst";
  if (ending === "closed" || ending === "evicted" || ending === "idle-timeout") return "fin";
  if (attempt.disconnect === null) return null;
  return attempt.disconnect.outcome === "reset" ? "rst" : "fin";
}

/** Lines of a boot that visibly counts 1, 2, 3, … and has a hole: something it wrote is missing. */
export function hasMissingLines(sequences: readonly { readonly sequence: number }[]): boolean {
  const first = sequences[0];
  const last = sequences.at(-1);
  if (first === undefined || last === undefined) return false;
  const span = last.sequence - Math.min(1, first.sequence) + 1;
  if (span === sequences.length) return false;
  let ones = 0;
  for (let index = 1; index < sequences.length; index += 1) {
    if ((sequences[index]?.sequence ?? 0) - (sequences[index - 1]?.sequence ?? 0) === 1) ones += 1;
  }
  // Sequences promise order, not consecutive numbers: only where they mostly count by one is a hole a missing line.
  return sequences.length === 1
    ? first.sequence > 1 && first.sequence < 1_000
    : ones * 2 >= sequences.length - 1;
}
