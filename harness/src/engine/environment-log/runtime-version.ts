/** The runtime version in INIT_START. The build number and the hash are invented, because AWS publishes no stable ones. */
import { createHash } from "node:crypto";
import { runtimeOf } from "../../catalogue/runtimes/all-runtimes.ts";

export interface LoggedRuntimeVersion {
  /** For example `nodejs:22.v50`. */
  readonly version: string;
  readonly arn: string;
}

export function runtimeVersion(runtime: string, region: string): LoggedRuntimeVersion {
  const { family, version: known } = runtimeOf(runtime);
  const version = `${family.language}:${known.release}.v50`;
  return {
    version,
    arn: `arn:aws:lambda:${region}::runtime:${createHash("sha256").update(version).digest("hex")}`,
  };
}
