/** The runtime version that INIT_START names. The build number and the hash are ours: AWS publishes none to rely on; readers parse loosely. */
import { createHash } from "node:crypto";

export interface RuntimeVersion {
  /** For example `nodejs:22.v50`. */
  readonly version: string;
  readonly arn: string;
}

export function runtimeVersion(runtime: string, region: string): RuntimeVersion {
  const match = /^([a-z]+)(\d+(?:\.\d+)?)(?:\.x)?$/.exec(runtime);
  const version = match === null ? `${runtime}.v1` : `${match[1]}:${match[2]}.v50`;
  return {
    version,
    arn: `arn:aws:lambda:${region}::runtime:${createHash("sha256").update(version).digest("hex")}`,
  };
}
