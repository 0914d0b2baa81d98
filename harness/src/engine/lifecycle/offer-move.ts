/** How the parts of an environment report what happened to the environment. */
import type { LifecycleMove } from "./lifecycle-move.ts";
import type { InvocationFailure } from "./invocation-failure.ts";

/** Returns false if the state refuses the move. Only the first `failure` is kept, but a time-out replaces it. */
export type OfferMove = (move: LifecycleMove, failure?: InvocationFailure) => boolean;
