/** The answer that describes one version of a function (docs/aws/function-api.md#configuration). */
import { createHash } from "node:crypto";
import type { FunctionAlias, FunctionRecord, FunctionVersion } from "./function-record.ts";
import { functionArn } from "./function-reference.ts";

export interface Shown {
  /** The qualifier that is appended to the ARN; null for the ARN without a qualifier. */
  readonly qualifier: string | null;
  /** False in lists, which leave the states out. */
  readonly states: boolean;
}

export function configurationResponse(
  record: FunctionRecord,
  version: FunctionVersion,
  shown: Shown,
): Record<string, unknown> {
  const { settings } = version;
  return {
    FunctionName: record.name,
    FunctionArn: functionArn(record, record.name, shown.qualifier),
    Runtime: settings.Runtime,
    Role: settings.Role,
    Handler: settings.Handler,
    CodeSize: version.code.codeSize,
    Description: settings.Description,
    Timeout: settings.Timeout,
    MemorySize: settings.MemorySize,
    LastModified: version.lastModified,
    CodeSha256: version.code.codeSha256,
    Version: version.version,
    ...(settings.VpcConfig === null ? {} : { VpcConfig: vpcResponse(settings.VpcConfig) }),
    ...(settings.DeadLetterTargetArn === null || settings.DeadLetterTargetArn === ""
      ? {}
      : { DeadLetterConfig: { TargetArn: settings.DeadLetterTargetArn } }),
    ...(settings.Environment === null ? {} : { Environment: { Variables: settings.Environment } }),
    ...(settings.KMSKeyArn === null || settings.KMSKeyArn === "" ? {} : { KMSKeyArn: settings.KMSKeyArn }),
    TracingConfig: { Mode: settings.TracingMode },
    RevisionId: version.revisionId,
    ...(settings.Layers.length === 0
      ? {}
      : { Layers: settings.Layers.map(({ Arn, code }) => ({ Arn, CodeSize: code.codeSize })) }),
    ...(shown.states ? states(record, version) : {}),
    PackageType: "Zip",
    Architectures: version.architectures,
    EphemeralStorage: { Size: settings.EphemeralStorageMb },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: settings.LoggingConfig,
    ...(settings.TenancyConfig === null ? {} : { TenancyConfig: settings.TenancyConfig }),
  };
}

export function aliasResponse(record: FunctionRecord, alias: FunctionAlias): Record<string, unknown> {
  return {
    AliasArn: functionArn(record, record.name, alias.Name),
    Name: alias.Name,
    FunctionVersion: alias.FunctionVersion,
    Description: alias.Description,
    RevisionId: alias.RevisionId,
    ...(alias.additional === null
      ? {}
      : {
          RoutingConfig: {
            AdditionalVersionWeights: { [alias.additional.version]: alias.additional.weight },
          },
        }),
  };
}

function states(record: FunctionRecord, version: FunctionVersion): Record<string, unknown> {
  const reason = "The function is being created.";
  return {
    State: version.state,
    ...(version.state === "Pending" ? { StateReason: reason, StateReasonCode: "Creating" } : {}),
    ...(version.lastUpdate === "none" ? {} : { LastUpdateStatus: version.lastUpdate }),
    ...(version.lastUpdate === "InProgress"
      ? { LastUpdateStatusReason: reason, LastUpdateStatusReasonCode: "Creating" }
      : {}),
    RuntimeVersionConfig: {
      RuntimeVersionArn: `arn:aws:lambda:${record.region}::runtime:${createHash("sha256").update(version.settings.Runtime).digest("hex")}`,
    },
  };
}

function vpcResponse(vpc: NonNullable<FunctionVersion["settings"]["VpcConfig"]>): Record<string, unknown> {
  // The engine has no networks. The ID is derived from the subnets, so that every read returns the same ID.
  const subnets = vpc.SubnetIds.toSorted().join(",");
  return {
    ...vpc,
    VpcId: subnets === "" ? "" : `vpc-${createHash("sha256").update(subnets).digest("hex").slice(0, 17)}`,
  };
}
