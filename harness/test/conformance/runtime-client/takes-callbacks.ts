import { NODE_VERSIONS } from "../../../src/catalogue/runtimes/node.ts";

const LAST_WITH_CALLBACKS = 22;

/**
 * Whether a handler with three parameters gets a callback. Versions after LAST_WITH_CALLBACKS refuse such handlers. True for an unknown
 * runtime.
 */
export function takesCallbacks(runtime: string | null): boolean {
  const version = NODE_VERSIONS.find((one) => one.runtime === runtime);
  return version === undefined || Number(version.release) <= LAST_WITH_CALLBACKS;
}
