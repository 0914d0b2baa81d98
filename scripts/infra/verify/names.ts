/** The names of everything that a verification makes in tier `lambda`, as in infra/modules. Pure. */
import type { NamedKind, PlannedName } from "../planned-names.ts";
import { LABEL } from "./verify-settings.ts";

export function namesOf(name: string): readonly PlannedName[] {
  const made = `${name}-${LABEL}`;
  const one = (type: NamedKind, what: string, itsName: string): PlannedName => ({
    type,
    what,
    name: itsName,
    address: "module",
    within: null,
  });
  return [
    one("aws_lambda_function", "function", made),
    one("aws_cloudwatch_log_group", "log group", `/aws/lambda/${made}`),
    one("aws_iam_role", "role", `${made}-function`),
    one("aws_dynamodb_table", "table", `${name}-leases`),
  ];
}
