/** Serves the control API under `/_longrun/` (engine/control-api.ts). */
import type { HTTPMethod, HTTPVersion, Instance } from "find-my-way";
import { LongrunError } from "../../../base/errors.ts";
import {
  type ControlAnswer,
  type ControlContext,
  type ControlOperation,
  Refusal,
} from "./control-operation.ts";
import { CONTROL_ROUTES } from "./control-operations.ts";

export const CONTROL_BODY_BYTES_MAX = 128 << 20;

/** The router is made at the first request, because loading it earlier would slow down the engine's start. */
let routes: Promise<Instance<HTTPVersion.V1>> | null = null;

async function makeRoutes(): Promise<Instance<HTTPVersion.V1>> {
  const { default: makeRouter } = await import("find-my-way");
  const made = makeRouter<HTTPVersion.V1>({ maxParamLength: 256, onBadUrl: () => undefined });
  for (const [method, path, operation] of CONTROL_ROUTES) made.on(method, path, () => undefined, operation);
  return made;
}

export async function control(
  method: string,
  path: string,
  query: URLSearchParams,
  text: Buffer,
  context: ControlContext,
): Promise<ControlAnswer> {
  const found = (await (routes ??= makeRoutes())).find(method as HTTPMethod, path);
  const operation = found?.store as ControlOperation | null | undefined;
  if (found === null || operation === null || operation === undefined)
    return refusal(404, `the control API has no ${method} ${path.slice(0, 256)}`);
  try {
    return await operation(
      { parameters: found.params, query, body: text.length === 0 ? {} : parseJson(text) },
      context,
    );
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.status, error.message);
    // `usage`: the request names an environment that is not live. All other codes: an environment could not be created.
    if (error instanceof LongrunError) return refusal(error.code === "usage" ? 400 : 503, error.message);
    throw error;
  }
}

function refusal(status: number, message: string): ControlAnswer {
  return { status, body: { message } };
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch (error) {
    throw new Refusal(400, `the body is not JSON: ${(error as Error).message.slice(0, 256)}`);
  }
}
