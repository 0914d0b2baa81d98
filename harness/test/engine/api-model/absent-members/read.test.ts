/**
 * Sends every member of every request that the engine accepts, and records which members the operations read. A member that is accepted
 * and never read would have no effect.
 */
import * as logsSdk from "@aws-sdk/client-cloudwatch-logs";
import * as lambdaSdk from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { RequestMembers } from "../../../../src/engine/request-validation/request-members.ts";
import { absentMember } from "../../../../src/engine/api-model/absent-members.ts";
import {
  type Service,
  type ModelShape,
  inputOf,
  servedOperations,
  shapeOf,
} from "../../../../src/engine/api-model/request-model.ts";
import { ROLE, type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";
import { DECIDED } from "./decided-members.ts";

type Input = Readonly<Record<string, unknown>>;
type Send = (command: unknown) => Promise<unknown>;

const READERS = [
  "text",
  "integer",
  "number",
  "boolean",
  "object",
  "texts",
  "objects",
  "textMap",
  "numberMap",
  "hasContent",
] as const;

/** Runs `action`, and returns the names of the members that were read from bodies and queries while it ran. */
async function readDuring(action: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const restore = [
    ...READERS.map((name) => observed(RequestMembers.prototype, name, names)),
    ...(["get", "getAll"] as const).map((name) => observed(URLSearchParams.prototype, name, names)),
  ];
  try {
    await action();
  } finally {
    for (const undo of restore) undo();
  }
  return names;
}

function observed<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  names: Set<string>,
): () => void {
  const original = prototype[name] as (member: string) => unknown;
  prototype[name] = function (this: T, member: string): unknown {
    names.add(member);
    return original.call(this, member);
  } as T[K];
  return () => {
    prototype[name] = original as T[K];
  };
}

/** Returns the names of the members in bodies and queries, except the members that the engine refuses or does not need. */
function expectedOf(service: Service, operation: string): readonly string[] {
  const inBody = (shape: ModelShape, prefix: string): readonly string[] =>
    Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
      const path = prefix + name;
      if (member.location === "uri" || member.location === "header") return [];
      if (absentMember(service, sentAt(path)) !== null) return [];
      const inner = shapeOf(service, member);
      const item = inner.member === undefined ? inner : shapeOf(service, inner.member);
      if (item.type === "structure") return inBody(item, `${path}.`);
      if (DECIDED[service][path]?.startsWith("nothing to do") === true || inner.type === "blob") return [];
      return [member.locationName ?? name];
    });
  const input = inputOf(service, operation);
  return input === null ? [] : [...new Set(inBody(input, ""))].toSorted();
}

function sentAt(path: string): Input {
  return path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), "x") as Input;
}

const SHA = "0".repeat(64);
const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:f";
const LAYER = "arn:aws:lambda:eu-central-1:123456789012:layer:l:1";
const GROUP = "/aws/lambda/f";
const GROUP_ARN = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/f";
const PAGED = { Marker: "", MaxItems: 10 };
const LISTED = { limit: 10, nextToken: "x" };
const SETTINGS = {
  Runtime: "nodejs22.x",
  Role: ROLE,
  Handler: "index.handler",
  Description: "d",
  Timeout: 3,
  MemorySize: 256,
  VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"], Ipv6AllowedForDualStack: false },
  DeadLetterConfig: { TargetArn: "arn:aws:sqs:eu-central-1:123456789012:q" },
  Environment: { Variables: { AB: "1" } },
  KMSKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
  TracingConfig: { Mode: "PassThrough" },
  Layers: [],
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: "None" },
  LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel: "INFO", SystemLogLevel: "WARN", LogGroup: "/g" },
};

function requests(zip: Buffer): Readonly<Record<Service, Readonly<Record<string, readonly Input[]>>>> {
  const alias = {
    FunctionName: "f",
    Name: "a",
    FunctionVersion: "1",
    Description: "d",
    RoutingConfig: { AdditionalVersionWeights: {} },
  };
  const permission = { StatementId: "s", Action: "lambda:InvokeFunction", Principal: "*" };
  const events = {
    FunctionName: "f",
    Qualifier: "$LATEST",
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  };
  return {
    lambda: {
      CreateFunction: [
        {
          ...SETTINGS,
          FunctionName: "g",
          Code: { ZipFile: zip },
          Publish: true,
          PackageType: "Zip",
          Tags: { k: "v" },
          Architectures: ["arm64"],
        },
        {
          ...SETTINGS,
          FunctionName: "h",
          Code: { S3Bucket: "bucket" },
          CodeSigningConfigArn: `arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-${"0".repeat(17)}`,
        },
      ],
      UpdateFunctionConfiguration: [
        { ...SETTINGS, FunctionName: "f" },
        { FunctionName: "f", RevisionId: "no" },
      ],
      UpdateFunctionCode: [
        { FunctionName: "f", ZipFile: zip, Architectures: ["x86_64"], DryRun: true, Publish: false },
        { FunctionName: "f", ImageUri: "i", RevisionId: "no" },
      ],
      DeleteFunction: [{ FunctionName: "none", Qualifier: "1" }],
      GetFunction: [{ FunctionName: "f", Qualifier: "$LATEST" }],
      GetFunctionConfiguration: [{ FunctionName: "f", Qualifier: "$LATEST" }],
      ListFunctions: [{ FunctionVersion: "ALL", ...PAGED }],
      PublishVersion: [
        { FunctionName: "f", CodeSha256: SHA, Description: "d" },
        { FunctionName: "f", RevisionId: "no" },
      ],
      ListVersionsByFunction: [{ FunctionName: "f", ...PAGED }],
      CreateAlias: [alias],
      UpdateAlias: [
        { ...alias, RevisionId: undefined },
        { ...alias, RevisionId: "no" },
      ],
      ListAliases: [{ FunctionName: "f", FunctionVersion: "1", ...PAGED }],
      PutFunctionConcurrency: [{ FunctionName: "f", ReservedConcurrentExecutions: 1 }],
      PutProvisionedConcurrencyConfig: [
        { FunctionName: "f", Qualifier: "1", ProvisionedConcurrentExecutions: 1 },
      ],
      GetProvisionedConcurrencyConfig: [{ FunctionName: "f", Qualifier: "1" }],
      DeleteProvisionedConcurrencyConfig: [{ FunctionName: "f", Qualifier: "1" }],
      ListProvisionedConcurrencyConfigs: [{ FunctionName: "f", ...PAGED }],
      PutFunctionEventInvokeConfig: [events],
      UpdateFunctionEventInvokeConfig: [events],
      GetFunctionEventInvokeConfig: [{ FunctionName: "f", Qualifier: "$LATEST" }],
      DeleteFunctionEventInvokeConfig: [{ FunctionName: "f", Qualifier: "$LATEST" }],
      ListFunctionEventInvokeConfigs: [{ FunctionName: "f", ...PAGED }],
      AddPermission: [
        {
          ...permission,
          ...{
            FunctionName: "f",
            Qualifier: "1",
            SourceArn: ARN,
            SourceAccount: "123456789012",
            EventSourceToken: "t",
          },
          ...{
            PrincipalOrgID: "o-0123456789",
            FunctionUrlAuthType: "NONE",
            InvokedViaFunctionUrl: true,
            RevisionId: "no",
          },
        },
      ],
      GetPolicy: [{ FunctionName: "f", Qualifier: "1" }],
      RemovePermission: [{ FunctionName: "f", StatementId: "s", Qualifier: "1", RevisionId: "no" }],
      PublishLayerVersion: [
        {
          LayerName: "l",
          Content: { ZipFile: zip },
          Description: "d",
          LicenseInfo: "MIT",
          CompatibleRuntimes: ["nodejs22.x"],
          CompatibleArchitectures: ["arm64"],
        },
        { LayerName: "l", Content: { S3Bucket: "bucket" } },
      ],
      ListLayers: [{ CompatibleRuntime: "nodejs22.x", CompatibleArchitecture: "arm64", ...PAGED }],
      ListLayerVersions: [
        { LayerName: "l", CompatibleRuntime: "nodejs22.x", CompatibleArchitecture: "arm64", ...PAGED },
      ],
      GetLayerVersionByArn: [{ Arn: LAYER }],
      AddLayerVersionPermission: [
        {
          LayerName: "l",
          VersionNumber: 1,
          ...permission,
          Action: "lambda:GetLayerVersion",
          OrganizationId: "o-0123456789",
          RevisionId: "no",
        },
      ],
      RemoveLayerVersionPermission: [
        { LayerName: "l", VersionNumber: 1, StatementId: "s", RevisionId: "no" },
      ],
      PutFunctionRecursionConfig: [{ FunctionName: "f", RecursiveLoop: "Allow" }],
      TagResource: [{ Resource: ARN, Tags: { k: "v" } }],
      UntagResource: [{ Resource: ARN, TagKeys: ["k"] }],
      Invoke: [{ FunctionName: "f", Qualifier: "$LATEST", InvocationType: "DryRun" }],
      InvokeWithResponseStream: [{ FunctionName: "f", Qualifier: "$LATEST", InvocationType: "DryRun" }],
    },
    logs: {
      CreateLogGroup: [{ logGroupName: GROUP, tags: { k: "v" }, logGroupClass: "STANDARD" }],
      CreateLogStream: [{ logGroupName: GROUP, logStreamName: "s" }],
      PutLogEvents: [
        { logGroupName: GROUP, logStreamName: "s", logEvents: [{ timestamp: 1, message: "m" }] },
      ],
      DescribeLogGroups: [
        { logGroupNamePrefix: "/", logGroupClass: "STANDARD", logGroupIdentifiers: [GROUP], ...LISTED },
        { logGroupNamePattern: "a" },
      ],
      DescribeLogStreams: [
        {
          logGroupIdentifier: GROUP_ARN,
          logStreamNamePrefix: "s",
          orderBy: "LogStreamName",
          descending: true,
          ...LISTED,
        },
        { logGroupName: GROUP },
      ],
      FilterLogEvents: [
        {
          logGroupName: GROUP,
          logStreamNames: ["s"],
          startTime: 0,
          endTime: 1,
          filterPattern: "x",
          startFromHead: true,
          ...LISTED,
        },
        { logGroupIdentifier: GROUP_ARN, logStreamNamePrefix: "s" },
      ],
      GetLogEvents: [
        { logGroupName: GROUP, logStreamName: "s", startTime: 0, endTime: 1, limit: 1, startFromHead: true },
        { logGroupIdentifier: GROUP_ARN, logStreamName: "s", nextToken: "x" },
      ],
      PutRetentionPolicy: [{ logGroupName: GROUP, retentionInDays: 7 }],
      DeleteRetentionPolicy: [{ logGroupName: GROUP }],
      TagResource: [{ resourceArn: GROUP_ARN, tags: { k: "v" } }],
      UntagResource: [{ resourceArn: GROUP_ARN, tagKeys: ["k"] }],
      ListTagsForResource: [{ resourceArn: GROUP_ARN }],
      TagLogGroup: [{ logGroupName: GROUP, tags: { k: "v" } }],
      UntagLogGroup: [{ logGroupName: GROUP, tags: ["k"] }],
      ListTagsLogGroup: [{ logGroupName: GROUP }],
      ListLogGroups: [{ logGroupNamePattern: "^/aws|abc", logGroupClass: "STANDARD", ...LISTED }],
      PutMetricFilter: [
        {
          ...{ logGroupName: GROUP, filterName: "n", filterPattern: "x" },
          metricTransformations: [
            {
              metricName: "m",
              metricNamespace: "n",
              metricValue: "1",
              defaultValue: 0,
              unit: "Count",
              dimensions: { d: "$.d" },
            },
          ],
        },
      ],
      DescribeMetricFilters: [
        { logGroupName: GROUP, filterNamePrefix: "n", metricName: "m", metricNamespace: "n", ...LISTED },
      ],
      DeleteMetricFilter: [{ logGroupName: GROUP, filterName: "n" }],
      DeleteLogStream: [{ logGroupName: GROUP, logStreamName: "s" }],
      DeleteLogGroup: [{ logGroupName: GROUP }],
    },
  };
}

describe("members of requests: what operations read", () => {
  let on: TestEngine;
  let zip: Buffer;
  before(async () => {
    on = await testEngine();
    zip = await handlerZip();
    await activeFunction(on, "f", zip);
    await on.lambda.send(new lambdaSdk.PublishVersionCommand({ FunctionName: "f" }));
  });
  after(() => on.close());

  for (const service of ["lambda", "logs"] as const) {
    it(`${service}: every member that is accepted is read`, async () => {
      const sdk = (service === "lambda" ? lambdaSdk : logsSdk) as Readonly<Record<string, unknown>>;
      const client = service === "lambda" ? on.lambda : on.cloudWatchLogs;
      const send = client.send.bind(client) as Send;
      const forgotten: string[] = [];
      const ofService = requests(zip)[service];
      const order = [...new Set([...Object.keys(ofService), ...servedOperations(service)])];
      for (const operation of order) {
        const expected = expectedOf(service, operation);
        if (expected.length === 0) continue;
        const Command = sdk[`${operation}Command`] as new (input: Input) => unknown;
        const read = await readDuring(async () => {
          // Some members are read only in requests that fail.
          for (const input of ofService[operation] ?? []) await send(new Command(input)).catch(() => null);
        });
        forgotten.push(...expected.filter((name) => !read.has(name)).map((name) => `${operation} ${name}`));
      }
      expect(forgotten).to.deep.equal([]);
    });
  }
});
