/** A client of the engine's control API over HTTP. Requests are signed. engine/control-api.ts has the types of their bodies. */
import { AwsClient } from "aws4fetch";
import { LongrunError } from "../../domain/errors.ts";
import type { IsolationKind } from "../../domain/isolation.ts";
import type { AppliedEntry } from "../../domain/plan.ts";
import type { EngineControl, EntryPage } from "../../ports/engine-control.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

const REQUEST_WITHIN_MS = 60_000;

export function engineControlClient(
  connection: ServiceConnection & { readonly endpoint: string },
): EngineControl {
  const key = connection.credentials ?? { accessKeyId: "longrun", secretAccessKey: "longrun" };
  const signer = new AwsClient({ ...key, region: connection.region, service: "lambda", retries: 0 });
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    let response: Response;
    try {
      response = await signer.fetch(`${connection.endpoint}/_longrun/${path}`, {
        method,
        signal: AbortSignal.timeout(REQUEST_WITHIN_MS),
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
    } catch (error) {
      throw unavailable(`The engine at ${connection.endpoint} does not answer`, rootOf(error));
    }
    const text = await response.text();
    if (!response.ok) throw refused(connection.endpoint, path, response.status, text);
    return text === "" ? null : (JSON.parse(text) as unknown);
  };
  const pageOf = async <T>(path: string): Promise<EntryPage<T>> => {
    const { records, next, since } = (await call("GET", path)) as {
      readonly records: readonly T[];
      readonly next: number;
      readonly since?: string;
    };
    return { entries: records, next, since: since ?? null };
  };
  return {
    status: async () => {
      const { isolation, since } = (await call("GET", "status")) as {
        readonly isolation: IsolationKind;
        readonly since?: string;
      };
      return { isolation, since: since ?? null };
    },
    environments: async (functionName) => {
      const path = `functions/${encodeURIComponent(functionName)}/environments`;
      const { environments } = (await call("GET", path)) as {
        readonly environments: readonly { readonly environment: string }[];
      };
      return environments.map(({ environment }) => environment);
    },
    loadPlan: async (request) => {
      await call("POST", "plan", request);
    },
    stopPlan: async () => {
      await call("DELETE", "plan");
    },
    applied: async (from) => {
      const { entries, next, since } = (await call("GET", `plan/applied?from=${from}`)) as {
        readonly entries: readonly AppliedEntry[];
        readonly next: number;
        readonly since?: string;
      };
      return { entries, next, since: since ?? null };
    },
    links: (from) => pageOf(`links?from=${from}`),
    ends: (from) => pageOf(`ends?from=${from}`),
  };
}

/** Finds the reason of an error. The message of `fetch` is only "fetch failed", and the reason is in its cause. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function refused(endpoint: string, path: string, status: number, text: string): LongrunError {
  if (status === 409 && path === "plan") {
    return new LongrunError("unavailable", `The engine at ${endpoint} is running a plan already.`, {
      hint: "One plan runs at a time: wait for the other soak, or start an engine without --platform.",
    });
  }
  return new LongrunError(
    "unavailable",
    `The engine at ${endpoint} refused /_longrun/${path}: ${status} ${text.slice(0, 300)}`,
    {
      hint: "Is it an engine of lambda-longrun, of this version?",
    },
  );
}
