/** Turns the body of CreateFunction or UpdateFunctionConfiguration into settings, with AWS's defaults and errors. */
import {
  AWS_DEFAULT_MEMORY_MB,
  AWS_DEFAULT_TIMEOUT_SECONDS,
  TIMEOUT_SECONDS_MAX,
} from "../../../words/function-size.ts";
import { refuseAbsentSettings } from "./absent-settings.ts";
import { checkVariables } from "./customer-variables.ts";
import type { FunctionSettings } from "./function-record.ts";
import type { AttachedLayer } from "../layers/attached-layers.ts";
import { readLoggingConfig } from "./logging-config.ts";
import { invalidParameter } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";
import { checkRuntimeAndHandler } from "./check-runtime.ts";

/** Members that the request leaves out keep the value that they have in `before`, which is null for a new function. */
export function readFunctionSettings(
  members: RequestMembers,
  name: string,
  before: FunctionSettings | null,
  attach: (arns: readonly string[], before: readonly AttachedLayer[]) => readonly AttachedLayer[],
): FunctionSettings {
  refuseAbsentSettings(members, members.text("Runtime") ?? before?.Runtime);
  const settings = {
    Runtime: members.text("Runtime") ?? before?.Runtime,
    Role: members.text("Role") ?? before?.Role,
    Handler: members.text("Handler") ?? before?.Handler,
    Description: members.text("Description") ?? before?.Description ?? "",
    Timeout: members.integer("Timeout") ?? before?.Timeout ?? AWS_DEFAULT_TIMEOUT_SECONDS,
    MemorySize: members.integer("MemorySize") ?? before?.MemorySize ?? AWS_DEFAULT_MEMORY_MB,
    Environment: environmentOf(members, before),
    TracingMode: members.object("TracingConfig")?.text("Mode") ?? before?.TracingMode ?? "PassThrough",
    EphemeralStorageMb:
      members.object("EphemeralStorage")?.integer("Size") ?? before?.EphemeralStorageMb ?? 512,
    VpcConfig: vpcConfig(members, before),
    DeadLetterTargetArn:
      members.object("DeadLetterConfig")?.text("TargetArn") ?? before?.DeadLetterTargetArn ?? null,
    KMSKeyArn: members.text("KMSKeyArn") ?? before?.KMSKeyArn ?? null,
    TenancyConfig: before === null ? tenancyOf(members) : before.TenancyConfig,
  };
  const layers = members.texts("Layers");
  const logging = readLoggingConfig(members.object("LoggingConfig"), name, before?.LoggingConfig ?? null);
  refuseBeyondLimits(settings);
  checkRuntimeAndHandler(settings.Runtime, settings.Handler);
  checkVariables(settings.Environment ?? {});
  const attached = before?.Layers ?? [];
  const Layers = layers === undefined ? attached : attach(layers, attached);
  return { ...settings, LoggingConfig: logging, Layers } as FunctionSettings;
}

/** The maximum for functions without Managed Instances. The model's own maximum is higher. */
const MEMORY_MB_MAX = 10_240;

/** The maximum for functions without AcceleratorConfig, from the documentation of `EphemeralStorage` in the model. */
const STORAGE_MB_MAX = 10_240;

/**
 * Only functions with Managed Instances or an accelerator may exceed these limits. The message about MemorySize is the one that AWS has for
 * an account with a lower maximum.
 */
function refuseBeyondLimits({
  Timeout,
  MemorySize,
  EphemeralStorageMb,
}: Pick<FunctionSettings, "Timeout" | "MemorySize" | "EphemeralStorageMb">): void {
  const refused =
    Timeout > TIMEOUT_SECONDS_MAX
      ? `The local engine runs functions with a Timeout of up to ${TIMEOUT_SECONDS_MAX} seconds: longer ones need Managed Instances.`
      : MemorySize > MEMORY_MB_MAX
        ? `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${MEMORY_MB_MAX}`
        : EphemeralStorageMb > STORAGE_MB_MAX
          ? `The local engine runs functions with an EphemeralStorage of up to ${STORAGE_MB_MAX} MB: more needs AcceleratorConfig.`
          : null;
  if (refused !== null) throw invalidParameter(refused);
}

/** A new function keeps an empty map of variables (recorded from AWS). An update with an empty map removes the variables. */
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

/** The API model allows no other mode. */
function tenancyOf(members: RequestMembers): FunctionSettings["TenancyConfig"] {
  const mode = members.object("TenancyConfig")?.text("TenantIsolationMode");
  return mode === undefined ? null : { TenantIsolationMode: "PER_TENANT" };
}

function vpcConfig(members: RequestMembers, before: FunctionSettings | null): FunctionSettings["VpcConfig"] {
  const vpc = members.object("VpcConfig");
  if (vpc === undefined) return before?.VpcConfig ?? null;
  const SubnetIds = vpc.texts("SubnetIds") ?? [];
  const SecurityGroupIds = vpc.texts("SecurityGroupIds") ?? [];
  if ((SubnetIds.length === 0) !== (SecurityGroupIds.length === 0))
    throw invalidParameter("SubnetIds and SecurityIds must coexist or be both empty list.");
  return {
    SubnetIds,
    SecurityGroupIds,
    Ipv6AllowedForDualStack: vpc.boolean("Ipv6AllowedForDualStack") ?? false,
  };
}
