/** Whether an invocation succeeded, by whoever can say. */
import type { Invocation } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const SUCCESS_NEEDS = ["around-trouble"] as const;
type SuccessView = EvidenceView<typeof SUCCESS_NEEDS>;

/** By the driver, else by the platform and the runtime's own error line. */
export function succeeded(history: SuccessView, invocation: Invocation): boolean {
  const driver = history.driverByRequest.get(invocation.requestId);
  if (driver?.outcome != null && driver.outcome.outcome !== "unknown")
    return driver.outcome.outcome === "succeeded";
  return (
    invocation.handlerError === null &&
    (invocation.status === null ? invocation.end !== null : invocation.status === "success")
  );
}
