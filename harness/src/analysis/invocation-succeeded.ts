/** Whether an invocation succeeded, by whoever can say. */
import type { Invocation } from "./environment.ts";
import type { Story } from "./story.ts";

/** By the driver, else by the platform and the runtime's own error line. */
export function succeeded(story: Story, invocation: Invocation): boolean {
  const driver = story.driverByRequest.get(invocation.requestId);
  if (driver?.outcome != null && driver.outcome.outcome !== "unknown")
    return driver.outcome.outcome === "succeeded";
  return (
    invocation.handlerError === null &&
    (invocation.status === null ? invocation.end !== null : invocation.status === "success")
  );
}
