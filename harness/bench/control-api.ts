/** The requests that the benchmarks send to the engine's control API. */
import { AwsClient } from "aws4fetch";
import type { ControlStep, LoadPlanRequest } from "../src/engine/control-api.ts";
import { CREDENTIALS } from "./served-engine.ts";

const HOUR_MS = 3_600_000;

export interface ControlApi {
  readonly step: (step: ControlStep) => Promise<void>;
  /** From now on, each invocation is placed in a new environment. */
  readonly placeAllInNew: () => Promise<void>;
}

export function controlApi(endpoint: string, functionName: string): ControlApi {
  const signed = new AwsClient({ ...CREDENTIALS, service: "lambda", region: "eu-central-1" });
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await signed.fetch(`${endpoint}/_longrun/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the control API answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    step: (step) => post(`functions/${functionName}/steps`, step),
    placeAllInNew: () => {
      const plan = {
        schemaVersion: 1,
        profile: "bench",
        seed: 1,
        durationMs: HOUR_MS,
        intervalMs: 1_000,
        placement: "new",
        entries: [],
      } as const;
      const request: LoadPlanRequest = {
        plan,
        functions: [functionName],
        startAt: new Date().toISOString(),
      };
      return post("plan", request);
    },
  };
}
