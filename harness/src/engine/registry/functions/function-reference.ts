/**
 * A function as a caller names it: its name, `name:qualifier`, a partial ARN or a full ARN (docs/aws/invoke-api.md#request). Pure. Refusals
 * are AWS's: another Region is "not reachable", access to another account is denied.
 */
import { Constraints } from "../../request-validation/constraints.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { Home } from "../home.ts";

export const FUNCTION_NAME_PATTERN =
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
const NAMESPACED_PATTERN = FUNCTION_NAME_PATTERN.replace(
  "([a-zA-Z0-9-_]+)(:(\\$LATEST|",
  "([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|",
);
const PARTS =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

/** The two forms in which the API model lets operations take a name and a qualifier. */
export const FORMS = {
  name: {
    name: { min: 1, max: 140, pattern: FUNCTION_NAME_PATTERN },
    qualifier: { min: 1, max: 128, pattern: "(|[a-zA-Z0-9$_-]+)" },
  },
  namespaced: {
    name: { min: 1, max: 256, pattern: NAMESPACED_PATTERN },
    qualifier: { min: 1, max: 128, pattern: "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+" },
  },
} as const;
const NAME_LENGTH_MAX = 64;

export interface FunctionReference {
  readonly name: string;
  /** The qualifier as the caller wrote it, in the name or in the query; null if there is none. */
  readonly qualifier: string | null;
}

/** Reads a reference as the caller sent it; throws AWS's refusal. */
export function parseFunctionReference(
  text: string,
  queryQualifier: string | null,
  home: Home,
  form: keyof typeof FORMS = "namespaced",
): FunctionReference {
  const plain = text.length <= NAME_LENGTH_MAX && /^[a-zA-Z0-9-_]+$/.test(text);
  if (plain && queryQualifier === null) return { name: text, qualifier: null };
  const constraints = new Constraints();
  constraints.text("functionName", text, FORMS[form].name);
  constraints.text("qualifier", queryQualifier ?? undefined, FORMS[form].qualifier);
  constraints.check();
  const [, region, account, name = "", qualifier] = PARTS.exec(text) ?? [];
  // Recorded from AWS: the length of the name is checked later, and reported with another exception.
  constraints.text("functionName", name, { max: NAME_LENGTH_MAX });
  const tooLong = constraints.problem();
  if (tooLong !== null) throw new LambdaError("InvalidParameterValueException", tooLong);
  if (region !== undefined && region !== home.region) {
    throw new LambdaError(
      "ResourceNotFoundException",
      `Functions from '${region}' are not reachable in this region ('${home.region}')`,
    );
  }
  if (account !== undefined && account !== home.accountId) {
    const arn = functionArn({ region: home.region, accountId: account }, name);
    throw new LambdaError(
      "AccessDeniedException",
      `User: arn:aws:iam::${home.accountId}:root is not authorized to access resource: ${arn}`,
    );
  }
  if (qualifier !== undefined && queryQualifier !== null && qualifier !== queryQualifier) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  return { name, qualifier: queryQualifier ?? qualifier ?? null };
}

export function functionArn(home: Home, name: string, qualifier: string | null = null): string {
  const arn = `arn:aws:lambda:${home.region}:${home.accountId}:function:${name}`;
  return qualifier === null ? arn : `${arn}:${qualifier}`;
}
