/** A function as a caller names it: its name, `name:qualifier`, a partial ARN or a full ARN (docs/aws/invoke-api.md#request). */
import { resourceNotFound, accessDenied, invalidParameter } from "../../request-validation/lambda-error.ts";
import type { Home } from "../home.ts";

const PARTS =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:((?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

/** Recorded from AWS: only CreateFunction refuses a longer name; other operations do not find the function. */
export const NAME_LENGTH_MAX = 64;

export interface FunctionReference {
  readonly name: string;
  /** The qualifier as the caller wrote it, in the name or in the query; null if there is none. */
  readonly qualifier: string | null;
}

/** Throws AWS's error if the reference names another Region or account, or two different qualifiers. */
export function parseFunctionReference(
  text: string,
  queryQualifier: string | null,
  home: Home,
): FunctionReference {
  if (queryQualifier === null && /^[a-zA-Z0-9-_]+$/.test(text)) return { name: text, qualifier: null };
  const [, region, account, name = "", qualifier] = PARTS.exec(text) ?? [];
  if (region !== undefined && region !== home.region) {
    throw resourceNotFound(`Functions from '${region}' are not reachable in this region ('${home.region}')`);
  }
  if (account !== undefined && account !== home.accountId) {
    const arn = functionArn({ region: home.region, accountId: account }, name);
    throw accessDenied(
      `User: arn:aws:iam::${home.accountId}:root is not authorized to access resource: ${arn}`,
    );
  }
  if (qualifier !== undefined && queryQualifier !== null && qualifier !== queryQualifier) {
    throw invalidParameter(
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  return { name, qualifier: queryQualifier ?? qualifier ?? null };
}

export function functionArn(home: Home, name: string, qualifier: string | null = null): string {
  const arn = `arn:aws:lambda:${home.region}:${home.accountId}:function:${name}`;
  return qualifier === null ? arn : `${arn}:${qualifier}`;
}
