/** A context for probes of tier `full`. Its clients return the answers that a test gives, in place of those of AWS. */
import type { FullContext } from "../../../../scripts/infra/verify/full-probe.ts";
import { probeContext } from "./probe-context.ts";

export function fullContext(
  options: Parameters<typeof probeContext>[0] & Partial<Pick<FullContext, "peerLines">>,
): FullContext {
  const { peerLines = () => Promise.resolve([]), ...rest } = options;
  const one = (label: string) => ({
    name: `lrv-1-${label}`,
    log_group: `/aws/lambda/lrv-1-${label}`,
    peer_log_group: `/longrun/lrv-1/peer/${label}`,
  });
  return {
    ...probeContext(rest),
    functions: { "init-connect": one("init-connect"), "handler-connect": one("handler-connect") },
    runner: {
      cluster: "lrv-1-runner",
      task_definition: "arn:task-definition",
      subnet_ids: ["subnet-1"],
      security_group_id: "sg-1",
      bucket: "lrv-1-runs",
      log_group: "/longrun/lrv-1/runner",
      command: ["soak", "--duration", "10m"],
    },
    peerLines,
  };
}
