/** Names the availability zones in which functions and tasks now run. */
import { textsOf } from "../../aws-request.ts";
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, onAws } from "../probe.ts";

export const zones: FullProbe = onAws("moto refuses no zone.", async ({ requests, name, region }) => {
  const answer = await requests.query("ec2", "DescribeSubnets", {
    "Filter.1.Name": "tag:Longrun",
    "Filter.1.Value.1": name,
  });
  const ids = [...new Set(textsOf(answer.text, "availabilityZoneId"))].sort();
  return ids.length === 0
    ? differs(`No subnet of the deployment was found: ${answer.type ?? "there is none"}.`)
    : confirmed(`The apply succeeded in ${ids.join(" and ")} of ${region}.`);
});
