/**
 * What is claimed about one invocation, in one history and over all histories.
 *
 * **Its attempt** is the connection of its process that asked last, before the invocation ended.
 *
 * **A rival** of a connection c is a connection of another environment of the function, or of an earlier boot of the same environment,
 * that holds a place of a limit of c that is full, and whose client has not ended (or ended silently). If more than one invocation can
 * run at one time, or a limit has more than one place, then a rival of another environment counts only if no invocation ran in that
 * environment from the moment at which c asked.
 *
 * **Harmed**: one of these is true.
 * - The attempt was turned away while it had a rival.
 * - Its client ended before it had a place, or it had no place when the invocation ended, and it had a rival at some moment since it asked.
 * - It had a place, and the server ended it for a connection of another environment (or of an earlier boot), before an exchange of the
 *   invocation on it was complete.
 *
 * If the process held another place at that moment (or at the end of the wait), the attempt was a second connection: then it is harm only if the invocation failed.
 *
 * **Lingers**, which is never harm: the attempt had no rival in the first two cases, but when it was decided a connection of another
 * environment or an earlier boot whose client had properly ended still held a place of a full limit.
 *
 * **Unseen**: the evidence does not have every attempt of the process, so its last attempt is not known.
 */
export type Fate =
  | { readonly is: "clear" }
  | { readonly is: "lingers" }
  | { readonly is: "unseen" }
  /** The environments of all those rivals, sorted. */
  | { readonly is: "harmed"; readonly holders: readonly string[] };

/**
 * The answer for one invocation. `found`: harmed in every history that fits; `clear`: in none, and its attempt is seen in all; `unknown`:
 * else, also if no history fits.
 */
export interface HarmAnswer {
  readonly harmed: "found" | "clear" | "unknown";
  /** The holders, only if they are the same in every history that fits. */
  readonly holders: readonly string[] | null;
  /** Counted only if every history shows it. */
  readonly lingers: boolean;
}

/** One text for each fate, so that fates can be compared and kept in sets. */
export const fateKey = (fate: Fate): string =>
  fate.is === "harmed" ? `harmed:${fate.holders.join(",")}` : fate.is;

/** Reads the fates of an invocation in all histories. */
export function answerOf(fates: ReadonlySet<string>): HarmAnswer {
  const all = [...fates];
  const harmed = all.filter((fate) => fate.startsWith("harmed:"));
  const [first] = harmed;
  const found = all.length > 0 && harmed.length === all.length;
  const clear = all.length > 0 && harmed.length === 0 && !all.includes("unseen");
  return {
    harmed: found ? "found" : clear ? "clear" : "unknown",
    holders:
      found && all.length === 1 && first !== undefined ? first.slice("harmed:".length).split(",") : null,
    lingers: all.length === 1 && all[0] === "lingers",
  };
}
