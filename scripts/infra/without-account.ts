/** Environment variables without credentials or settings of AWS, so that no local run reaches an AWS account. */
import type { EnvironmentVariables } from "../../harness/src/base/environment-variables.ts";

export function withoutAccount(environment: EnvironmentVariables): EnvironmentVariables {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith("AWS_") || name === "AWS_CA_BUNDLE",
  );
  return {
    ...Object.fromEntries(kept),
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
  };
}
