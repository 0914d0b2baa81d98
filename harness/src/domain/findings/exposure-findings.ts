/** Findings of kind exposure: environments that were alive at the same time, never invoked, replaced or reset. */
import type { ResetKind } from "../platform-words.ts";
import type { NoParameters } from "./coded.ts";

export interface ExposureFindings {
  readonly "environments-overlapped": {
    readonly invoked: string;
    readonly alive: string;
    /**
     * The other environment counts as alive only because an environment is assumed to live this long after its Init. Null if log lines show that
     * it was alive.
     */
    readonly assumedLifeMs: number | null;
    /** Whether the end of the other environment's Init is inferred. */
    readonly initEndInferred: boolean;
  };
  readonly "no-overlap": NoParameters;
  readonly "never-invoked": { readonly environment: string; readonly initEndInferred: boolean };
  /** Environments whose START may not be in the logs yet, or whose Init is not in the evidence. */
  readonly "never-invoked-open": { readonly environments: number };
  readonly "all-invoked": NoParameters;
  readonly "environment-replaced": { readonly later: string; readonly earlier: string };
  readonly "none-replaced": NoParameters;
  readonly "process-reset": {
    readonly environment: string;
    readonly reset: ResetKind;
  };
  readonly "none-reset": NoParameters;
  readonly "init-repeated": { readonly environment: string };
  readonly "no-init-repeated": NoParameters;
}
