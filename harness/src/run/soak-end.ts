/** How a soak ended that did not throw. */
import type { LongrunError } from "../domain/errors.ts";
import type { JudgedRun } from "../ports/judge.ts";

export type SoakEnd =
  | {
      readonly kind: "judged";
      readonly judged: JudgedRun;
      readonly interrupted: boolean;
      /** The error that ended the run early. */
      readonly failure: LongrunError | null;
    }
  /** A second signal: no report, but a run directory that can be judged. */
  | { readonly kind: "aborted" };
