/** The function's variables, and whether their values are shown. */
import { repeated, toggle } from "./setting.ts";
import * as kinds from "./value-kinds.ts";

export const ENV = repeated("env", {
  takes: "KEY=VALUE",
  help: "A variable of the function.",
  value: kinds.environmentVariable,
  localOnly: true,
  withResume: true,
  mayBeSecret: true,
});

export const SHOW_VALUES = toggle(
  "show-values",
  "Show and store the values of --env, and show values in messages about flags. Without it, the name of the variable replaces its value.",
  { inProfile: false, withResume: true },
);
