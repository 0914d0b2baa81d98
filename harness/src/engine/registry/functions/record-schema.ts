/** The schema of a function's file. Members that were added later have a default, so that older files can be read. Pure. */
import { z } from "zod";
import { LOG_FORMATS, APPLICATION_LOG_LEVELS, SYSTEM_LOG_LEVELS } from "../../../words/platform-words.ts";
import { storedPackage } from "../packages/stored-package.ts";
import { policyStatement } from "../policy/policy-statement.ts";
import { UNSET } from "./unset.ts";

const textMap = z.record(z.string(), z.string());
const settings = z.object({
  Runtime: z.string(),
  Role: z.string(),
  Handler: z.string(),
  Description: z.string(),
  Timeout: z.number().int().positive(),
  MemorySize: z.number().int().positive(),
  Environment: textMap.nullable(),
  TracingMode: z.enum(["Active", "PassThrough"]),
  EphemeralStorageMb: z.number().int(),
  LoggingConfig: z.object({
    LogFormat: z.enum(LOG_FORMATS),
    ApplicationLogLevel: z.enum(APPLICATION_LOG_LEVELS).exactOptional(),
    SystemLogLevel: z.enum(SYSTEM_LOG_LEVELS).exactOptional(),
    LogGroup: z.string(),
  }),
  VpcConfig: z
    .object({
      SubnetIds: z.array(z.string()),
      SecurityGroupIds: z.array(z.string()),
      Ipv6AllowedForDualStack: z.boolean(),
    })
    .nullable(),
  DeadLetterTargetArn: z.string().nullable(),
  KMSKeyArn: z.string().nullable(),
  Layers: z.array(z.object({ Arn: z.string(), code: storedPackage })).default([]),
  TenancyConfig: z
    .object({ TenantIsolationMode: z.literal("PER_TENANT") })
    .nullable()
    .default(null),
});
const version = z.object({
  version: z.string(),
  settings,
  code: storedPackage,
  architectures: z.array(z.string()),
  lastModified: z.string(),
  revisionId: z.string(),
  state: z.enum(["Pending", "Active"]),
  lastUpdate: z.enum(["none", "InProgress", "Successful"]),
  latestDescription: z.string().exactOptional(),
  codeUpdates: z.number().int().exactOptional(),
});
const record = z.object({
  schemaVersion: z.literal(1),
  name: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/),
  fleetKey: z.string().exactOptional(),
  region: z.string(),
  accountId: z.string(),
  generation: z.number().int(),
  latest: version,
  versions: z.array(version),
  nextVersion: z.number().int(),
  aliases: z.array(
    z.object({
      Name: z.string(),
      FunctionVersion: z.string(),
      Description: z.string(),
      RevisionId: z.string(),
      additional: z.object({ version: z.string(), weight: z.number() }).nullable().default(null),
    }),
  ),
  tags: textMap,
  reservedConcurrency: z.number().int().nullable(),
  recursiveLoop: z.string().default(UNSET.recursiveLoop),
  policies: z.record(z.string(), z.array(policyStatement)).default(UNSET.policies),
  policyRevisions: textMap.default(UNSET.policyRevisions),
  eventInvokeConfigs: z
    .record(
      z.string(),
      z.object({
        lastModified: z.number(),
        MaximumRetryAttempts: z.number().int().exactOptional(),
        MaximumEventAgeInSeconds: z.number().int().exactOptional(),
        destinations: z
          .object({ OnSuccess: z.string().exactOptional(), OnFailure: z.string().exactOptional() })
          .exactOptional(),
      }),
    )
    .default(UNSET.eventInvokeConfigs),
  provisioned: z
    .record(z.string(), z.object({ lastModified: z.string(), requested: z.number().int() }))
    .default(UNSET.provisioned),
});

export const functionSchema = record.transform((read) => ({ ...read, fleetKey: read.fleetKey ?? read.name }));
