import type { LongrunError } from "../base/errors.ts";
import type { JudgedRun } from "./ports/judge.ts";

export type SoakEnd =
  | {
      readonly kind: "judged";
      readonly judged: JudgedRun;
      readonly interrupted: boolean;
      readonly failure: LongrunError | null;
    }
  /** Aborted by a second signal: there is no report, but the run directory can be judged. */
  | { readonly kind: "aborted" };
