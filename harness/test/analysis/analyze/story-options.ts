/** The options of a story (a test's script of a run), and the manifest of a run with these options. */
import { JUDGED_DEFAULTS } from "../../../src/record/judged-profile.ts";
import type { Manifest } from "../../../src/record/manifest.ts";
import { epochMs, isoTime } from "../../../src/base/time.ts";

export type Format = "json-debug" | "json-info" | "text";

export interface StoryOptions {
  readonly name?: string;
  /** `local`: links, and one clock for all sources. `aws`: a journal and no links. `logs`: only exported log records and the peer's log. */
  readonly target?: "local" | "aws" | "logs";
  readonly format?: Format;
  readonly admission?: "refuse" | "backlog" | "evict";
  readonly reservedConcurrency?: number | null;
  /** How many connections the peer serves at one time. */
  readonly capacity?: number;
  /** The difference between the peer's clock and all other clocks, in milliseconds. */
  readonly peerClockMs?: number;
  /** Whether the function writes lifecycle lines. */
  readonly lines?: boolean;
  readonly hello?: boolean;
  /** The successful answer that the user defined with `--success`. */
  readonly success?: string | null;
}

export const START_MS = Date.parse("2026-11-25T10:00:00.000Z");
export const iso = (time: number): string => isoTime(epochMs(time));

export function testManifest(options: Required<StoryOptions>): Manifest {
  return {
    schemaVersion: 1,
    tool: { name: "lambda-longrun", version: "0.0.0" },
    status: "ended",
    createdAt: iso(START_MS),
    endedAt: null,
    target: options.target === "aws" ? "aws" : "local",
    endpoint: null,
    region: null,
    isolation: "none",
    node: "v22",
    platform: "linux",
    functions: [
      { name: options.name, functionName: options.name, expected: null, code: null, codeSha256: null },
    ],
    profile: {
      ...JUDGED_DEFAULTS,
      durationMs: 60_000,
      intervalMs: 1_000,
      platform: "typical",
      seed: 1,
      admission: options.admission,
      peerIdleTimeoutMs: null,
      settleMs: 2_000,
      event: null,
      success: options.success,
      stopOn: null,
    },
  };
}
