/** Returns the manifest of a local run, with the given members changed. */
import { JUDGED_DEFAULTS } from "../../src/record/judged-profile.ts";
import type { Manifest } from "../../src/record/manifest.ts";

export function manifestOf(over: Partial<Manifest> = {}): Manifest {
  return {
    schemaVersion: 1,
    tool: { name: "lambda-longrun", version: "0.1.0" },
    status: "running",
    createdAt: "2026-11-25T01:02:03.000Z",
    endedAt: null,
    target: "local",
    endpoint: null,
    region: "us-east-1",
    isolation: null,
    node: "v22.0.0",
    platform: "linux x64",
    functions: [
      { name: "one", functionName: "one", expected: null, code: "handler-connect", codeSha256: null },
    ],
    profile: {
      ...JUDGED_DEFAULTS,
      durationMs: 60_000,
      intervalMs: 1_000,
      platform: "typical",
      seed: 1,
      admission: "refuse",
      peerIdleTimeoutMs: 20_000,
      settleMs: 2_000,
      event: {},
      success: null,
      stopOn: null,
    },
    ...over,
  };
}
