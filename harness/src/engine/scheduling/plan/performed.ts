/** The result of a plan entry, and the environments that it leaves behind. */
import type { AppliedEntry } from "../../../record/plan-file.ts";
import type { SilentEnvironments } from "./silent-environment.ts";

export interface Performed extends Pick<AppliedEntry, "result" | "environments" | "detail"> {
  /** The environments that `ahead-elsewhere` leaves alive, to be retired later. */
  readonly silent?: SilentEnvironments;
}
