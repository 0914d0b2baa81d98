/**
 * Calls the handler once and resolves with the response body. After a callback it resolves, by default, only when the event loop is empty
 * (docs/aws/nodejs.md#callbacks). An open socket then keeps the invocation running, as on AWS.
 */
import { RuntimeError } from "./error-payload.ts";
import { whenLoopIsEmpty } from "./empty-loop.ts";
import type { InvocationContext } from "./invocation-context.ts";
import type { Handler } from "./load-handler.ts";
import { majorVersion } from "./runtime-generation.ts";

type Settle = (error: unknown, result?: unknown) => void;

function serialised(result: unknown): string {
  if (result === undefined) return "null";
  let text: string | undefined;
  try {
    text = JSON.stringify(result);
  } catch {
    const name = majorVersion >= 24 ? "Runtime.JSONStringifyError" : "Error";
    throw new RuntimeError(name, "Unable to stringify response body");
  }
  // A value that JSON cannot represent, for example a function, fails in AWS's native client.
  if (text === undefined) throw new TypeError("Wrong arguments");
  return text;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

export function runHandler(
  handler: Handler,
  body: string,
  { context, settings }: InvocationContext,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const event = JSON.parse(body) as unknown;
    let open = true;
    const end = (settlePromise: () => void): void => {
      if (!open) return;
      open = false;
      whenLoopIsEmpty(null);
      settlePromise();
    };
    const failWith: (error: unknown) => void = reject;
    const fail = (error: unknown): void => end(() => failWith(error));
    const succeed = (result: unknown): void =>
      end(() => {
        try {
          resolve(serialised(result));
        } catch (error) {
          failWith(error);
        }
      });
    const settle: Settle = (error, result) => {
      // null and undefined mean no error; any other value fails the invocation, as in AWS's client.
      const finish = (): void => (error === null || error === undefined ? succeed(result) : fail(error));
      if (!settings.callbackWaitsForEmptyEventLoop) finish();
      else if (open) whenLoopIsEmpty(finish);
    };
    const callbacks = majorVersion < 24;
    if (callbacks) addLegacyMethods(context, settle);
    whenLoopIsEmpty(() => succeed(null));
    try {
      const returned = callbacks ? handler(event, context, settle) : handler(event, context);
      if (!isPromise(returned)) {
        if (!callbacks) succeed(returned);
      } else if (callbacks) {
        // If the event loop is empty, the promise can never settle. AWS's client 3 (before nodejs24.x) then answers null.
        returned.then(succeed, (error: unknown) => fail(error ?? "handled"));
      } else {
        // With client 4 the process then ends. This client awaits the promise, so that it may resolve with another promise.
        whenLoopIsEmpty(null);
        Promise.resolve(returned).then(succeed, fail);
      }
    } catch (error) {
      fail(error);
    }
  });
}

function addLegacyMethods(context: Record<string, unknown>, settle: Settle): void {
  context["succeed"] = (result: unknown) => settle(null, result);
  context["fail"] = (error: unknown) => settle(error ?? "handled");
  context["done"] = settle;
}
