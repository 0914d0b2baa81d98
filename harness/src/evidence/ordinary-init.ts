/** Recognises the lines of an Init that succeeded and opened no connection. For such an Init it does not matter whom the peer served at
 * that time. */
import type { StreamEvent } from "../logs/stream-event.ts";

/** To be called only for events before the first START of their stream. */
export function isOfOrdinaryInit({ said }: StreamEvent): boolean {
  if (said.kind === "lifecycle") return said.line.event === "boot" && said.line.phase === "init";
  if (said.kind !== "platform") return false;
  const { platform } = said;
  switch (platform.event) {
    case "init-start":
      return platform.phase === "init";
    case "init-runtime-done":
    case "init-report":
      return platform.phase !== "invoke" && platform.status === "success";
    default:
      return false;
  }
}
