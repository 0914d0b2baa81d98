/** Throws AWS's error if a variable has a reserved name, or if all variables together are larger than 4 KB (docs/aws/limits.md). */
import { ENVIRONMENT_BYTES_MAX, RESERVED_VARIABLES } from "../../../base/environment-variables.ts";
import { invalidParameter } from "../../request-validation/lambda-error.ts";

export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((key) => RESERVED_VARIABLES.has(key));
  const unable =
    "Lambda was unable to configure your environment variables because the environment variables you have provided";
  if (reserved.length > 0) {
    const keys = reserved.toSorted().join(", ");
    throw invalidParameter(
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${keys}`,
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > ENVIRONMENT_BYTES_MAX) {
    throw invalidParameter(`${unable} exceeded the 4KB limit. String measured: ${measured.slice(0, 8_192)}`);
  }
}
