/**
 * Calls one function each time the event loop is empty. There is one listener for the whole life of the process, as in AWS's client 3,
 * because adding a listener for each invocation takes longer.
 */
type OnEmpty = () => void;

let onEmpty: OnEmpty | null = null;

export function watchLoop(): void {
  process.on("beforeExit", () => onEmpty?.());
}

/** Replaces the function that is called; null for none, so that Node ends the process when the loop is empty. */
export function whenLoopIsEmpty(call: OnEmpty | null): void {
  onEmpty = call;
}
