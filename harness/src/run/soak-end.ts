/** How a soak ended, if it did not throw. */
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
  /** The run was aborted by a second signal. It has no report, but its run directory can be judged. */
  | { readonly kind: "aborted" };
