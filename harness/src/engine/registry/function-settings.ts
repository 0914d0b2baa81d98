/**
 * From a CreateFunction or UpdateFunctionConfiguration body to settings: types, limits, AWS's defaults and AWS's
 * words for every mistake. Pure. The model's limits are the authority (facts §4.4, §5.4, §6.4).
 */
import { Constraints } from "./constraints.ts";
import { LambdaError } from "./lambda-error.ts";
import type { FunctionSettings, LoggingConfig } from "./function-record.ts";
import type { RequestMembers } from "./request-members.ts";

/** The runtimes whose functions the engine runs; AWS's other ones are refused at the door and not at the first invocation. */
export const RUNTIMES = ["nodejs20.x", "nodejs22.x", "nodejs24.x"] as const;

const ROLE_PATTERN = "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
const ARN_OR_NOTHING = "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()";
const LOG_GROUP_PATTERN = "[\\.\\-_/#A-Za-z0-9]+";
const APPLICATION_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
const SYSTEM_LEVELS = ["DEBUG", "INFO", "WARN"] as const;
const ENVIRONMENT_BYTES_MAX = 4_096;
const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECRET_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

/** Absent members keep `before`; `null` before: a new function named `name`. */
export function readFunctionSettings(
  members: RequestMembers,
  name: string,
  before: FunctionSettings | null,
): FunctionSettings {
  const constraints = new Constraints();
  refuseWhatTheEngineLacks(members);
  const settings = {
    Runtime: members.text("Runtime") ?? before?.Runtime,
    Role: members.text("Role") ?? before?.Role,
    Handler: members.text("Handler") ?? before?.Handler,
    Description: members.text("Description") ?? before?.Description ?? "",
    Timeout: members.integer("Timeout") ?? before?.Timeout ?? 3,
    MemorySize: members.integer("MemorySize") ?? before?.MemorySize ?? 128,
    Environment:
      members.object("Environment")?.textMap("Variables") ??
      (members.object("Environment") === undefined ? (before?.Environment ?? null) : null),
    TracingMode: members.object("TracingConfig")?.text("Mode") ?? before?.TracingMode ?? "PassThrough",
    EphemeralStorageMb:
      members.object("EphemeralStorage")?.integer("Size") ?? before?.EphemeralStorageMb ?? 512,
    VpcConfig: vpcConfig(members, before),
    DeadLetterTargetArn:
      members.object("DeadLetterConfig")?.text("TargetArn") ?? before?.DeadLetterTargetArn ?? null,
    KMSKeyArn: members.text("KMSKeyArn") ?? before?.KMSKeyArn ?? null,
  };
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
  for (const key of Object.keys(settings.Environment ?? {})) {
    constraints.text("environment.variables", key, { pattern: "[a-zA-Z]([a-zA-Z0-9_])+" });
  }
  const logging = readLoggingConfig(
    members.object("LoggingConfig"),
    constraints,
    name,
    before?.LoggingConfig ?? null,
  );
  constraints.check();
  checkRuntimeAndHandler(settings.Runtime, settings.Handler);
  checkEnvironment(settings.Environment ?? {});
  return { ...settings, LoggingConfig: logging } as FunctionSettings;
}

/** Levels exist in JSON only; JSON alone sets both to INFO; back to Text removes them (facts §5.4). */
function readLoggingConfig(
  members: RequestMembers | undefined,
  constraints: Constraints,
  name: string,
  before: LoggingConfig | null,
): LoggingConfig {
  const format = members?.text("LogFormat") ?? before?.LogFormat ?? "Text";
  const application = members?.text("ApplicationLogLevel");
  const system = members?.text("SystemLogLevel");
  const group = members?.text("LogGroup") ?? before?.LogGroup ?? `/aws/lambda/${name}`;
  constraints.oneOf("loggingConfig.logFormat", format, ["JSON", "Text"]);
  constraints.oneOf("loggingConfig.applicationLogLevel", application, APPLICATION_LEVELS);
  constraints.oneOf("loggingConfig.systemLogLevel", system, SYSTEM_LEVELS);
  constraints.text("loggingConfig.logGroup", group, { min: 1, max: 512, pattern: LOG_GROUP_PATTERN });
  if (format === "Text" && (application !== undefined || system !== undefined)) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "To use ApplicationLogLevel or SystemLogLevel, LogFormat must be set to JSON.",
    );
  }
  if (group.startsWith("aws/")) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `The log group name '${group}' must not start with aws/.`,
    );
  }
  if (format === "Text") return { LogFormat: "Text", LogGroup: group };
  return {
    LogFormat: "JSON",
    ApplicationLogLevel: application ?? before?.ApplicationLogLevel ?? "INFO",
    SystemLogLevel: system ?? before?.SystemLogLevel ?? "INFO",
    LogGroup: group,
  } as LoggingConfig;
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

function checkRuntimeAndHandler(runtime: string | undefined, handler: string | undefined): void {
  if (runtime === undefined || handler === undefined) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
  }
  if (!RUNTIMES.some((known) => known === runtime)) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `Value ${runtime.slice(0, 128)} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(", ")}] or be a valid ARN`,
    );
  }
}

function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((key) => RESERVED_VARIABLES.has(key));
  const unable =
    "Lambda was unable to configure your environment variables because the environment variables you have provided";
  if (reserved.length > 0) {
    const keys = reserved.toSorted().join(", ");
    throw new LambdaError(
      "InvalidParameterValueException",
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${keys}`,
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > ENVIRONMENT_BYTES_MAX) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `${unable} exceeded the 4KB limit. String measured: ${measured.slice(0, 8_192)}`,
    );
  }
}

/** What AWS would act on and the engine would silently ignore is refused instead, with the reason. */
function refuseWhatTheEngineLacks(members: RequestMembers): void {
  const layers = members.texts("Layers") ?? [];
  const first = layers[0];
  if (first !== undefined)
    throw new LambdaError(
      "InvalidParameterValueException",
      `Layer version ${first.slice(0, 140)} does not exist.`,
    );
  if (members.object("SnapStart")?.text("ApplyOn") === "PublishedVersions") {
    throw new LambdaError(
      "InvalidParameterValueException",
      "SnapStart is not supported for Node.js functions.",
    );
  }
  if (members.text("PackageType") === "Image" || members.object("ImageConfig") !== undefined) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "The local engine runs functions of package type Zip only.",
    );
  }
  for (const name of [
    "FileSystemConfigs",
    "CapacityProviderConfig",
    "DurableConfig",
    "TenancyConfig",
  ] as const) {
    if (members.hasContent(name))
      throw new LambdaError("InvalidParameterValueException", `The local engine does not support ${name}.`);
  }
  const signing = members.text("CodeSigningConfigArn") ?? "";
  if (signing !== "") {
    throw new LambdaError(
      "CodeSigningConfigNotFoundException",
      `The code signing configuration cannot be found: ${signing.slice(0, 200)}`,
    );
  }
}
