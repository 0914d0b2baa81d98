/** All log formats that `longrun analyze` can read, written in the way of the tools that produce them. */
import { AWS_CLI } from "./aws-cli.ts";
import { AWSLOGS } from "./awslogs.ts";
import { CONSOLE } from "./console.ts";
import { INSIGHTS } from "./insights.ts";
import type { Rendering } from "./render.ts";
import { SAM_LOGS } from "./sam-logs.ts";
import { SENT_ON } from "./sent-on.ts";
import { SUBSCRIPTION } from "./subscription.ts";
import { WINDOWS } from "./windows.ts";

export const ALL_RENDERINGS: readonly Rendering[] = [
  ...AWS_CLI,
  ...INSIGHTS,
  ...SUBSCRIPTION,
  ...SAM_LOGS,
  ...AWSLOGS,
  ...CONSOLE,
  ...SENT_ON,
  ...WINDOWS,
];
