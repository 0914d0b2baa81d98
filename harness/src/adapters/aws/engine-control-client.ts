/** A client of the engine's control API over HTTP. Requests are signed. */
import { AwsClient } from "aws4fetch";
import { notAvailable, type LongrunError } from "../../base/errors.ts";
import { ISOLATIONS } from "../../words/isolation.ts";
import type { EngineControl, EntryPage } from "../../run/ports/engine-control.ts";
import { parseJsonObject, type JsonObject } from "../../base/json-object.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

const REQUEST_WITHIN_MS = 60_000;

export function engineControlClient(
  connection: ServiceConnection & { readonly endpoint: string },
): EngineControl {
  const key = connection.credentials ?? { accessKeyId: "longrun", secretAccessKey: "longrun" };
  const signer = new AwsClient({ ...key, region: connection.region, service: "lambda", retries: 0 });
  const call = async (method: string, path: string, body?: unknown): Promise<JsonObject> => {
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
    const answer = text === "" ? {} : parseJsonObject(text);
    if (answer === null) throw notAnEngine(connection.endpoint, path, text);
    return answer;
  };
  const pageOf = async <T>(path: string, member: "records" | "entries"): Promise<EntryPage<T>> => {
    const page = await call("GET", path);
    const { next, since } = page;
    const entries = page[member];
    if (!Array.isArray(entries) || typeof next !== "number")
      throw notAnEngine(connection.endpoint, path, JSON.stringify(page));
    return { entries: entries as readonly T[], next, since: typeof since === "string" ? since : null };
  };
  return {
    status: async () => {
      const answer = await call("GET", "status");
      const { isolation, since } = answer;
      const known = ISOLATIONS.find((kind) => kind === isolation);
      if (known === undefined) throw notAnEngine(connection.endpoint, "status", JSON.stringify(answer));
      return { isolation: known, since: typeof since === "string" ? since : null };
    },
    environments: async (functionName) => {
      const path = `functions/${encodeURIComponent(functionName)}/environments`;
      const answer = await call("GET", path);
      const { environments } = answer;
      if (!Array.isArray(environments)) throw notAnEngine(connection.endpoint, path, JSON.stringify(answer));
      return (environments as readonly { readonly environment: string }[]).map(
        ({ environment }) => environment,
      );
    },
    loadPlan: async (request) => {
      await call("POST", "plan", request);
    },
    stopPlan: async () => {
      await call("DELETE", "plan");
    },
    applied: (from) => pageOf(`plan/applied?from=${from}`, "entries"),
    links: (from) => pageOf(`links?from=${from}`, "records"),
    ends: (from) => pageOf(`ends?from=${from}`, "records"),
  };
}

/** The message of `fetch` is only "fetch failed", and the reason is in its cause. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function refused(endpoint: string, path: string, status: number, text: string): LongrunError {
  if (status === 409 && path === "plan") {
    return notAvailable(`The engine at ${endpoint} is running a plan already.`, {
      hint: "One plan runs at a time: wait for the other soak, or start an engine without --platform.",
    });
  }
  return notAvailable(
    `The engine at ${endpoint} refused /_longrun/${path}: ${status} ${text.slice(0, 300)}`,
    { hint: OTHER_SERVER },
  );
}

const OTHER_SERVER = "Is it an engine of lambda-longrun, of this version?";

/** The error for a successful answer that does not have the form of the control API. Another server may listen at this address. */
function notAnEngine(endpoint: string, path: string, text: string): LongrunError {
  return notAvailable(
    `The engine at ${endpoint} answered /_longrun/${path} with something unexpected: ${text.slice(0, 300)}`,
    { hint: OTHER_SERVER },
  );
}
