/** Counts what an action leaves to the event loop and to the thread pool: a number that does not depend on the machine's speed. */
import { AsyncLocalStorage, createHook } from "node:async_hooks";

const KINDS = /^(TickObject|Immediate|FSREQ.*)$/;

export async function workOfEventLoop(action: () => Promise<unknown>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  // Loaders and libraries work beside the action; only what begins in the action counts.
  const inAction = new AsyncLocalStorage<true>();
  const hook = createHook({
    init: (_id, kind) => {
      if (inAction.getStore() === true && KINDS.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
    },
  });
  hook.enable();
  try {
    await inAction.run(true, action);
  } finally {
    hook.disable();
  }
  return counts;
}
