/**
 * Chooses the environment for an invocation, and finds the environments that a plan's selector names. An update of a function begins a new
 * generation of environments. Selectors see every generation, because an old environment lives until it is retired. Placement sees only
 * the current generation.
 */
import type { Placement, Selector } from "../../record/plan.ts";

export interface Candidate {
  readonly id: string;
  /** The number of the environment in the order of creation within its function. */
  readonly sequence: number;
  readonly state: "idle" | "in-flight" | "other";
  readonly current: boolean;
  /** The position of the environment's last invocation in the order in which invocations ended; null if it was never invoked. */
  readonly lastEnded: number | null;
  /**
   * If true, no placement and no selector chooses the environment. It lives until it is retired by its id or together with all
   * environments.
   */
  readonly reserved: boolean;
  /** True for provisioned concurrency: invocations of the environment's version prefer this environment. */
  readonly provisioned?: boolean;
}

/** Returns the id of an idle environment, or null if a new one must be created. */
export function place(candidates: readonly Candidate[], placement: Placement): string | null {
  if (placement === "new") return null;
  const idle = candidates.filter((one) => one.state === "idle" && one.current && !one.reserved);
  const provisioned = idle.filter((one) => one.provisioned === true);
  return best(provisioned.length > 0 ? provisioned : idle, ORDER[placement])?.id ?? null;
}

/** Returns the ids that a selector names, oldest first. */
export function select(candidates: readonly Candidate[], selector: Selector): readonly string[] {
  const free = candidates.filter((one) => !one.reserved);
  const idle = free.filter((one) => one.state === "idle");
  const one = (found: Candidate | undefined): readonly string[] => (found === undefined ? [] : [found.id]);
  switch (selector) {
    case "oldest-idle":
      return one(best(idle, ORDER.oldest));
    case "newest-idle":
      return one(best(idle, ORDER.newest));
    case "most-recent-idle":
      return one(best(idle, ORDER["most-recent"]));
    case "never-invoked":
      return one(
        best(
          idle.filter((candidate) => candidate.lastEnded === null),
          ORDER.oldest,
        ),
      );
    case "in-flight":
      return one(
        best(
          free.filter((candidate) => candidate.state === "in-flight"),
          ORDER.oldest,
        ),
      );
    case "all-idle":
      return [...idle].sort(ORDER.oldest).map((candidate) => candidate.id);
  }
}

type Order = (left: Candidate, right: Candidate) => number;

const ORDER: Readonly<Record<"most-recent" | "oldest" | "newest", Order>> = {
  oldest: (left, right) => left.sequence - right.sequence,
  newest: (left, right) => right.sequence - left.sequence,
  // Environments that were never invoked come after all others, newest first (docs/contracts.md#the-platform).
  "most-recent": (left, right) => {
    const byEnd = (right.lastEnded ?? -1) - (left.lastEnded ?? -1);
    return byEnd === 0 ? right.sequence - left.sequence : byEnd;
  },
};

/** Returns the first candidate in an order. It does not sort, because every invocation is placed and there may be many environments. */
function best(candidates: readonly Candidate[], order: Order): Candidate | undefined {
  let first: Candidate | undefined;
  for (const candidate of candidates)
    if (first === undefined || order(candidate, first) < 0) first = candidate;
  return first;
}
