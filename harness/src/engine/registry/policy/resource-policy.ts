/** Resource policies, which are not enforced. Callers get the statements as one JSON text, with AWS's member order. */
import type { PolicyStatement } from "./policy-statement.ts";
import {
  LambdaError,
  resourceConflict,
  resourceNotFound,
  invalidParameter,
} from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

const POLICY_BYTES_MAX = 20_480;

export function readStatement(members: RequestMembers, resource: string): PolicyStatement {
  const sent = {
    statementId: members.required("StatementId"),
    action: members.required("Action"),
    principal: members.required("Principal"),
    sourceArn: members.text("SourceArn"),
    sourceAccount: members.text("SourceAccount"),
    eventSourceToken: members.text("EventSourceToken"),
    principalOrgID: members.text("PrincipalOrgID"),
    functionUrlAuthType: members.text("FunctionUrlAuthType"),
  };
  const viaUrl = members.boolean("InvokedViaFunctionUrl");
  const equals = {
    ...named("AWS:SourceAccount", sent.sourceAccount),
    ...named("lambda:EventSourceToken", sent.eventSourceToken),
    ...named("aws:PrincipalOrgID", sent.principalOrgID),
    ...named("lambda:FunctionUrlAuthType", sent.functionUrlAuthType),
  };
  const condition = {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(viaUrl === undefined ? {} : { Bool: { "lambda:InvokedViaFunctionUrl": String(viaUrl) } }),
    ...(sent.sourceArn === undefined ? {} : { ArnLike: { "AWS:SourceArn": sent.sourceArn } }),
  };
  return {
    Sid: sent.statementId,
    Effect: "Allow",
    Principal: principalOf(sent.principal),
    Action: sent.action,
    Resource: resource,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

export function policyText(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements });
}

export function withStatement(
  statements: readonly PolicyStatement[],
  added: PolicyStatement,
): readonly PolicyStatement[] {
  if (statements.some(({ Sid }) => Sid === added.Sid)) {
    throw resourceConflict(
      `The statement id (${added.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const all = [...statements, added];
  const bytes = Buffer.byteLength(policyText(all));
  if (bytes > POLICY_BYTES_MAX)
    throw new LambdaError(
      "PolicyLengthExceededException",
      `The final policy size (${bytes}) is bigger than the limit (${POLICY_BYTES_MAX}).`,
    );
  return all;
}

export function withoutStatement(
  statements: readonly PolicyStatement[],
  id: string,
): readonly PolicyStatement[] {
  const left = statements.filter(({ Sid }) => Sid !== id);
  if (left.length === statements.length)
    throw resourceNotFound(`Statement ${id.slice(0, 100)} is not found in resource policy.`);
  return left;
}

export function noPolicy(): LambdaError {
  return resourceNotFound("No policy is associated with the given resource.");
}

function principalOf(principal: string): PolicyStatement["Principal"] {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:aws[a-zA-Z-]*:(iam|sts)::\d{12}:.+$/.test(principal)) return { AWS: principal };
  if (/^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com)$/.test(principal)) return { Service: principal };
  throw invalidParameter("The provided principal was invalid. Please check the principal and try again.");
}

function named(key: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [key]: value };
}
