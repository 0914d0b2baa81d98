import type { ChangeBegun, JournalEvent } from "./journal.ts";

/** Changes of a value. Whoever changes it after it was restored is somebody else. */
const RESTORED: ReadonlySet<string> = new Set<ChangeBegun["change"]>(["describe", "reserve"]);

/** Keeps in `begun` the changes of a journal that may still have to be undone, if it gets each event. */
export function noteChange(begun: ChangeBegun[], event: JournalEvent): void {
  if (event.event === "change-begun") begun.push(event);
  if (event.event !== "change-undone" || event.left !== null || !RESTORED.has(event.change)) return;
  const others = begun.filter((one) => one.function !== event.function || one.change !== event.change);
  begun.splice(0, begun.length, ...others);
}
