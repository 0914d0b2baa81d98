/** The runtime version that INIT_START names. The build number and the hash are ours: AWS publishes none to rely on; readers parse loosely. */
import { createHash } from "node:crypto";
import { runtimeOf } from "../../runtimes/all-runtimes.ts";

export interface RuntimeVersion {
  /** For example `nodejs:22.v50`. */
  readonly version: string;
  readonly arn: string;
}

export function runtimeVersion(runtime: string, region: string): RuntimeVersion {
  const { family, version: known } = runtimeOf(runtime);
  const version = `${family.language}:${known.release}.v50`;
  return {
    version,
    arn: `arn:aws:lambda:${region}::runtime:${createHash("sha256").update(version).digest("hex")}`,
  };
}
