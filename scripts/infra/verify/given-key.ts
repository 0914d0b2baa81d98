/** The KMS key for the log groups is the only variable of infra/ that a verification accepts. */
import { z } from "zod";
import { wrongInput } from "../../../harness/src/base/errors.ts";
import type { Settings } from "../settings.ts";

const VARIABLES = z.strictObject({ logs: z.strictObject({ kms_key_arn: z.string() }) });

/** Null if VARS was not given. Throws a usage error if it has other variables. */
export function givenKey({
  given,
  variables,
  target,
}: Pick<Settings, "given" | "variables" | "target">): string | null {
  if (given.length === 0) return null;
  const read = VARIABLES.safeParse(variables);
  if (!read.success)
    throw wrongInput(
      `VARS of make verify can be only {"logs":{"kms_key_arn":"ARN"}}: everything else is chosen by the verification. Given: ${given.join(", ")}.`,
    );
  if (target === "local")
    throw wrongInput("A KMS key can be given only with TARGET=aws, because the engine has no KMS.");
  return read.data.logs.kms_key_arn;
}
