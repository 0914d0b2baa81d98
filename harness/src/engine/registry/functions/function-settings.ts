/**
 * Turns the body of CreateFunction or UpdateFunctionConfiguration into settings: adds AWS's defaults, checks types and limits, and throws
 * AWS's error if a member is not valid. Pure. The limits are those of the API model (docs/aws/limits.md,
 * docs/aws/logs.md#system-log-levels).
 */
import { Constraints } from "../../request-validation/constraints.ts";
import { refuseAbsentSettings } from "./absent-settings.ts";
import { checkVariables } from "./customer-variables.ts";
import { checkLayerArns } from "../layers/attached-layers.ts";
import type { FunctionSettings } from "./function-record.ts";
import type { AttachedLayer } from "../layers/attached-layers.ts";
import { readLoggingConfig } from "./logging-config.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";
import { checkRuntimeAndHandler } from "./check-runtime.ts";

const ROLE_PATTERN = "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
const ARN_OR_NOTHING = "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()";
/**
 * Absent members keep their value in `before`, which is null for a new function named `name`. `attach` finds the layers that the request
 * names.
 */
export function readFunctionSettings(
  members: RequestMembers,
  name: string,
  before: FunctionSettings | null,
  attach: (arns: readonly string[], before: readonly AttachedLayer[]) => readonly AttachedLayer[],
): FunctionSettings {
  const constraints = new Constraints();
  refuseAbsentSettings(members, members.text("Runtime") ?? before?.Runtime);
  const settings = {
    Runtime: members.text("Runtime") ?? before?.Runtime,
    Role: members.text("Role") ?? before?.Role,
    Handler: members.text("Handler") ?? before?.Handler,
    Description: members.text("Description") ?? before?.Description ?? "",
    Timeout: members.integer("Timeout") ?? before?.Timeout ?? 3,
    MemorySize: members.integer("MemorySize") ?? before?.MemorySize ?? 128,
    Environment: environmentOf(members, before),
    TracingMode: members.object("TracingConfig")?.text("Mode") ?? before?.TracingMode ?? "PassThrough",
    EphemeralStorageMb:
      members.object("EphemeralStorage")?.integer("Size") ?? before?.EphemeralStorageMb ?? 512,
    VpcConfig: vpcConfig(members, before),
    DeadLetterTargetArn:
      members.object("DeadLetterConfig")?.text("TargetArn") ?? before?.DeadLetterTargetArn ?? null,
    KMSKeyArn: members.text("KMSKeyArn") ?? before?.KMSKeyArn ?? null,
  };
  const layers = members.texts("Layers");
  checkLayerArns(layers, constraints);
  constraints.required("role", settings.Role);
  constraints.text("role", settings.Role, { pattern: ROLE_PATTERN });
  constraints.text("handler", settings.Handler, { max: 128, pattern: "[^\\s]+" });
  constraints.text("description", settings.Description, { max: 256 });
  constraints.integer("timeout", settings.Timeout, { min: 1, max: 900 });
  constraints.integer("memorySize", settings.MemorySize, { min: 128, max: 10_240 });
  constraints.oneOf("tracingConfig.mode", settings.TracingMode, ["Active", "PassThrough"]);
  constraints.integer("ephemeralStorage.size", settings.EphemeralStorageMb, { min: 512, max: 10_240 });
  constraints.size("vpcConfig.subnetIds", settings.VpcConfig?.SubnetIds, { min: 0, max: 16 });
  constraints.size("vpcConfig.securityGroupIds", settings.VpcConfig?.SecurityGroupIds, { min: 0, max: 5 });
  constraints.text("kMSKeyArn", settings.KMSKeyArn ?? undefined, { pattern: ARN_OR_NOTHING });
  constraints.text("deadLetterConfig.targetArn", settings.DeadLetterTargetArn ?? undefined, {
    pattern: ARN_OR_NOTHING,
  });
  constraints.keys("environment.variables", settings.Environment, "[a-zA-Z]([a-zA-Z0-9_])+");
  const logging = readLoggingConfig(
    members.object("LoggingConfig"),
    constraints,
    name,
    before?.LoggingConfig ?? null,
  );
  constraints.check();
  checkRuntimeAndHandler(settings.Runtime, settings.Handler);
  checkVariables(settings.Environment ?? {});
  const attached = before?.Layers ?? [];
  const Layers = layers === undefined ? attached : attach(layers, attached);
  return { ...settings, LoggingConfig: logging, Layers } as FunctionSettings;
}

/**
 * A function that is created with an empty map shows an empty map (recorded from AWS); an update with an empty map removes the variables.
 */
function environmentOf(
  members: RequestMembers,
  before: FunctionSettings | null,
): Readonly<Record<string, string>> | null {
  const sent = members.object("Environment");
  if (sent === undefined) return before?.Environment ?? null;
  const variables = sent.textMap("Variables") ?? null;
  const emptied = before !== null && Object.keys(variables ?? {}).length === 0;
  return emptied ? null : variables;
}

function vpcConfig(members: RequestMembers, before: FunctionSettings | null): FunctionSettings["VpcConfig"] {
  const vpc = members.object("VpcConfig");
  if (vpc === undefined) return before?.VpcConfig ?? null;
  return {
    SubnetIds: vpc.texts("SubnetIds") ?? [],
    SecurityGroupIds: vpc.texts("SecurityGroupIds") ?? [],
    Ipv6AllowedForDualStack: vpc.boolean("Ipv6AllowedForDualStack") ?? false,
  };
}
