/** Findings of kind exposure: environments that lived beside each other, or were never invoked, replaced or reset. */
import type { ResetKind } from "../platform-words.ts";
import type { NoParameters } from "./coded.ts";

export interface ExposureFindings {
  readonly "environments-overlapped": {
    readonly invoked: string;
    readonly alive: string;
    /** The other one counts as alive only because an environment is taken to live so long after its Init. Null: lines show it. */
    readonly assumedLifeMs: number | null;
    /** The end of the other one's Init is inferred. */
    readonly initEndInferred: boolean;
  };
  readonly "no-overlap": NoParameters;
  readonly "never-invoked": { readonly environment: string; readonly initEndInferred: boolean };
  /** Environments of which a START may still be on its way, or whose Init is not in the evidence. */
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
