/**
 * Calls the handler once and resolves with the response body. After a callback it resolves, by default, only when the event loop is empty
 * (docs/aws/nodejs.md#callbacks). An open socket then keeps the invocation running, as on AWS.
 */
import { RuntimeError } from "./error-payload.ts";
import type { CallbackSettings } from "./invocation-context.ts";
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

export async function runHandler(
  handler: Handler,
  body: string,
  context: Record<string, unknown>,
  settings: CallbackSettings,
): Promise<string> {
  const event = JSON.parse(body) as unknown;
  let onEmpty: (() => void) | null = null;
  const emptied = (): void => onEmpty?.();
  process.on("beforeExit", emptied);
  try {
    return serialised(
      await new Promise<unknown>((resolve, reject) => {
        const settle: Settle = (error, result) => {
          // null and undefined mean no error; any other value fails the invocation, as in AWS's client.
          const finish = (): void => {
            if (error === null || error === undefined) return resolve(result);
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a callback may receive a value of any type
            reject(error);
          };
          if (settings.callbackWaitsForEmptyEventLoop) onEmpty = finish;
          else finish();
        };
        if (majorVersion < 24) addLegacyMethods(context, settle);
        onEmpty = () => resolve(null);
        const returned = majorVersion < 24 ? handler(event, context, settle) : handler(event, context);
        if (isPromise(returned)) {
          // If the event loop is empty, the promise can never settle. AWS's client 3 (before nodejs24.x) then answers null. With client 4 the
          // process ends.
          if (majorVersion >= 24) onEmpty = null;
          returned.then(resolve, (error: unknown) => {
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything can be thrown
            reject(majorVersion < 24 ? (error ?? "handled") : error);
          });
        } else if (majorVersion >= 24) resolve(returned);
      }),
    );
  } finally {
    process.removeListener("beforeExit", emptied);
  }
}

function addLegacyMethods(context: Record<string, unknown>, settle: Settle): void {
  context["succeed"] = (result: unknown) => settle(null, result);
  context["fail"] = (error: unknown) => settle(error ?? "handled");
  context["done"] = settle;
}
