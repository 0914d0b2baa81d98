/** Checks that the tasks in a network without NAT got their image and write their logs. */
import { DESIGN_LABELS } from "../verify-settings.ts";
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, onAws } from "../probe.ts";

export const reachability: FullProbe = onAws("Packets do not flow in moto.", async ({ peerLines }) => {
  const counts = await Promise.all(
    DESIGN_LABELS.map(async (label) => [label, (await peerLines(label)).length] as const),
  );
  const text = `Lines in the peers' logs: ${counts.map(([label, count]) => `${label} ${count}`).join(", ")}.`;
  return counts.every(([, count]) => count > 0) ? confirmed(text) : differs(text);
});
