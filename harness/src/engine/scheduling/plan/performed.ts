/** The result of a plan entry, and the environment that it leaves behind. */
import type { AppliedEntry } from "../../../domain/plan.ts";
import type { SilentEnvironment } from "./silent-environment.ts";

export interface Performed extends Pick<AppliedEntry, "result" | "environments" | "detail"> {
  /** The environment that `ahead-elsewhere` leaves alive, to be retired later. */
  readonly silent?: SilentEnvironment;
}
