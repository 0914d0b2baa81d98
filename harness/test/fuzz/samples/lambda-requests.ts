/** A request for every operation of the engine's Lambda API, for Invoke, and for the control API. */
import { requestText } from "../support/http-request.ts";

const ROLE = "arn:aws:iam::123456789012:role/longrun";
const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:device";
const F = "/2015-03-31/functions";
const EVENTS = "/2019-09-25/functions/device/event-invoke-config";
const PROVISIONED = "/2019-09-30/functions/device/provisioned-concurrency";
const LAYER = "/2018-10-31/layers/tools/versions";
const TAGS = `/2017-03-31/tags/${encodeURIComponent(ARN)}`;

const configuration = {
  Description: "a device",
  Timeout: 10,
  MemorySize: 256,
  Handler: "index.handler",
  Runtime: "nodejs22.x",
  Role: ROLE,
  Environment: { Variables: { PEER_HOST: "plc", PEER_PORT: "502" } },
  VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
  DeadLetterConfig: { TargetArn: "arn:aws:sqs:eu-central-1:123456789012:q" },
  TracingConfig: { Mode: "Active" },
  EphemeralStorage: { Size: 1024 },
  LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG", ApplicationLogLevel: "INFO" },
  Architectures: ["x86_64"],
  Layers: ["arn:aws:lambda:eu-central-1:123456789012:layer:tools:1"],
};
const permission = {
  StatementId: "s1",
  Action: "lambda:InvokeFunction",
  Principal: "s3.amazonaws.com",
  SourceArn: "arn:aws:s3:::b",
  SourceAccount: "123456789012",
};
const eventInvoke = {
  MaximumRetryAttempts: 1,
  MaximumEventAgeInSeconds: 60,
  DestinationConfig: { OnFailure: { Destination: ARN } },
};
const step = (body: unknown): string => requestText("POST /_longrun/functions/device/steps", body);

/** `zip` is the base64 of a deployment package. */
export const lambdaRequests = (zip: string): readonly string[] => [
  requestText(`POST ${F}`, {
    FunctionName: "other",
    Code: { ZipFile: zip },
    Publish: true,
    Tags: { a: "b" },
    PackageType: "Zip",
    ...configuration,
  }),
  ...[
    F,
    `${F}/device`,
    `${F}/device?Qualifier=1`,
    `${F}/device/configuration`,
    `${F}/device/versions?MaxItems=2`,
  ]
    .concat([
      `${F}/device/aliases`,
      `${F}/device/aliases/live`,
      `${F}/device/policy`,
      PROVISIONED,
      EVENTS,
      TAGS,
    ])
    .concat([
      `${PROVISIONED}?List=ALL`,
      `${EVENTS}/list`,
      "/2016-08-19/account-settings",
      "/2018-10-31/layers",
    ])
    .concat([LAYER, `${LAYER}/1`, `${LAYER}/1/policy`, "/2019-09-30/functions/device/concurrency"])
    .concat([`/2018-10-31/layers?find=LayerVersion&Arn=${encodeURIComponent(`${ARN}:1`)}`])
    .concat([
      "/2020-06-30/functions/device/code-signing-config",
      `${F}?FunctionVersion=ALL&Marker=x&MaxItems=50`,
    ])
    .map((path) => requestText(`GET ${path}`)),
  requestText(`PUT ${F}/device/configuration`, configuration),
  requestText(`PUT ${F}/device/code`, {
    ZipFile: zip,
    Publish: true,
    DryRun: false,
    Architectures: ["arm64"],
  }),
  requestText(`POST ${F}/device/versions`, { CodeSha256: "x", Description: "one" }),
  requestText(`POST ${F}/device/aliases`, {
    Name: "live",
    FunctionVersion: "1",
    RoutingConfig: { AdditionalVersionWeights: { "2": 0.5 } },
  }),
  requestText(`PUT ${F}/device/aliases/live`, { FunctionVersion: "$LATEST", RevisionId: "r" }),
  requestText("PUT /2017-10-31/functions/device/concurrency", { ReservedConcurrentExecutions: 1 }),
  requestText(`PUT ${PROVISIONED}?Qualifier=live`, { ProvisionedConcurrentExecutions: 1 }),
  requestText(`POST ${F}/device/policy?Qualifier=live`, permission),
  requestText(`PUT ${EVENTS}`, eventInvoke),
  requestText(`POST ${EVENTS}?Qualifier=1`, eventInvoke),
  requestText(`POST ${TAGS}`, { Tags: { team: "x" } }),
  requestText(`DELETE ${TAGS}?tagKeys=team&tagKeys=a`),
  requestText(`POST ${LAYER}`, {
    Content: { ZipFile: zip },
    CompatibleRuntimes: ["nodejs22.x"],
    LicenseInfo: "MIT",
  }),
  requestText(`POST ${LAYER}/1/policy`, {
    StatementId: "s",
    Action: "lambda:GetLayerVersion",
    Principal: "*",
  }),
  ...[`${F}/other`, `${F}/other?Qualifier=1`, `${F}/device/aliases/live`, `${F}/device/policy/s1`, EVENTS]
    .concat(["/2017-10-31/functions/device/concurrency", PROVISIONED, `${LAYER}/1`, `${LAYER}/1/policy/s`])
    .map((path) => requestText(`DELETE ${path}`)),
  requestText(
    `POST ${F}/device/invocations?Qualifier=$LATEST`,
    { a: [1, { b: null }] },
    {
      "x-amz-invocation-type": "RequestResponse",
      "x-amz-log-type": "Tail",
      "x-amz-client-context": "eyJhIjoxfQ==",
      "x-amzn-trace-id": "Root=1-5e1b4151-5ac6c58f5b5f2f2b5f2f2b5f;Parent=53995c3f42cd8ad8;Sampled=1",
    },
  ),
  requestText(`POST ${F}/device/invocations`, { event: true }, { "x-amz-invocation-type": "Event" }),
  requestText(`POST ${F}/device/invocations`, "", { "x-amz-invocation-type": "DryRun" }),
  requestText("POST /2014-11-13/functions/device/invoke-async/", { a: 1 }),
  requestText("POST /2021-11-15/functions/device/response-streaming-invocations", { a: 1 }),
  requestText(`GET ${F}`, "", {
    authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261125/eu-central-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
    origin: "http://evil.example",
    host: "localhost:1",
  }),
  requestText("GET /_longrun/status"),
  requestText("GET /_longrun/plan/applied?from=0"),
  requestText("GET /_longrun/links?from=1"),
  requestText("GET /_longrun/ends?from=1"),
  requestText("GET /_longrun/functions/device/environments"),
  requestText("DELETE /_longrun/plan"),
  requestText("POST /_longrun/plan", {
    plan: {
      schemaVersion: 1,
      profile: "mine",
      seed: 1,
      durationMs: 1000,
      intervalMs: 100,
      placement: "oldest",
      entries: [
        { action: "initialise-ahead", environments: 2, offsetMs: 0 },
        { action: "retire", selector: "oldest-idle", ending: "fin", offsetMs: 10 },
        { action: "place-next", placement: "new", offsetMs: 20 },
        { action: "crash", selector: "in-flight", offsetMs: 30 },
      ],
    },
    functions: ["device"],
    startAt: "2026-11-25T01:02:03Z",
    replaces: true,
  }),
  step({ step: "initialise-ahead" }),
  step({ step: "place-next", placement: "oldest" }),
  step({ step: "retire", ending: "rst", selector: "all-idle" }),
  step({ step: "crash", environment: "2026/11/25/[$LATEST]3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f" }),
];
