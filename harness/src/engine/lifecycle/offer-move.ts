/** How the parts of an environment report what happened to it. */
import type { LifecycleMove } from "./lifecycle-move.ts";
import type { InvocationFailure } from "./invocation-failure.ts";

/**
 * Offers a move to the state machine. `failure` is the failure that the move means. The first failure is kept, but a time-out replaces it.
 * If the state refuses the move, returns false and has no effect.
 */
export type OfferMove = (move: LifecycleMove, failure?: InvocationFailure) => boolean;
