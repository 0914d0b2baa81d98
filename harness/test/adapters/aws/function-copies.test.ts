/** Copying with prepared answers of Lambda: what a copy gets, and what is said if it cannot be made. */
import { expect } from "chai";
import { createHash } from "node:crypto";
import { functionChanges } from "../../../src/adapters/aws/function-changes.ts";
import type { LongrunError } from "../../../src/base/errors.ts";
import { cannedService, json } from "./canned-service.ts";

const ZIP = "the package";
const SHA = createHash("sha256").update(ZIP).digest("base64");
const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
const ROLE = "arn:aws:iam::123456789012:role/orders";

async function copying(
  configuration: Record<string, unknown>,
  create: { readonly status: number; readonly body: unknown; readonly type?: string } | null = null,
) {
  const service = await cannedService(({ method, path }, response) => {
    if (path === "/code") return void response.end(ZIP);
    if (method === "POST" && create !== null)
      return json(response, create.status, create.body, { "x-amzn-errortype": create.type ?? "" });
    if (path.includes("concurrency")) return json(response, 200, { ReservedConcurrentExecutions: 1 });
    if (method === "POST") return json(response, 201, { State: "Pending" });
    json(response, 200, {
      Configuration: {
        FunctionName: "orders",
        FunctionArn: ARN,
        State: "Active",
        Role: ROLE,
        CodeSha256: SHA,
        ...configuration,
      },
      Code: { Location: `${service.endpoint}/code` },
      AccountLimit: { UnreservedConcurrentExecutions: 700, CodeSizeZipped: 1_000 },
    });
  });
  const changes = functionChanges({
    region: "eu-central-1",
    endpoint: service.endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  try {
    const original = await changes.original("orders");
    const error: unknown = await changes
      .copy("orders", {
        functionName: "longrun-copy-orders-run",
        run: "run",
        reserved: 1,
        rewrite: (variables) => ({ ...variables, HOST: "other" }),
      })
      .then(() => null)
      .catch((thrown: unknown) => thrown);
    const created = service.asked.find(({ method }) => method === "POST");
    return {
      original,
      error: error as LongrunError | null,
      created: created === undefined ? null : (JSON.parse(created.body) as Record<string, unknown>),
    };
  } finally {
    changes.close();
    await service.close();
  }
}

describe("copying a function", () => {
  it("takes over every copied member in the form of CreateFunction, and nothing else", async () => {
    const same = {
      Runtime: "nodejs22.x",
      Role: ROLE,
      Handler: "index.handler",
      Timeout: 7,
      MemorySize: 512,
      Architectures: ["arm64"],
      EphemeralStorage: { Size: 1_024 },
      DeadLetterConfig: { TargetArn: "arn:aws:sqs:eu-central-1:123456789012:dead" },
      KMSKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1",
      TracingConfig: { Mode: "Active" },
    };
    const { error, created } = await copying({
      ...same,
      Description: "of production",
      CodeSize: 11,
      Version: "$LATEST",
      Environment: { Variables: { HOST: "production", MODE: "fast" } },
      Layers: [{ Arn: "arn:aws:lambda:eu-central-1:123456789012:layer:a:1", CodeSize: 3 }],
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      VpcConfig: {
        SubnetIds: ["subnet-1"],
        SecurityGroupIds: ["sg-1"],
        VpcId: "vpc-1",
        Ipv6AllowedForDualStack: false,
      },
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG", LogGroup: "/production" },
    });
    expect(error).to.equal(null);
    expect(created).to.deep.equal({
      ...same,
      FunctionName: "longrun-copy-orders-run",
      Code: { ZipFile: Buffer.from(ZIP).toString("base64") },
      Environment: { Variables: { HOST: "other", MODE: "fast" } },
      Layers: ["arn:aws:lambda:eu-central-1:123456789012:layer:a:1"],
      SnapStart: { ApplyOn: "None" },
      VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"], Ipv6AllowedForDualStack: false },
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
      Tags: { "longrun-copy": "run" },
    });
  });

  it("reads what decides whether a copy can be made", async () => {
    const { original } = await copying({
      PackageType: "Image",
      CodeSize: 2_000,
      SigningJobArn: "arn:aws:signer:eu-central-1:123456789012:/signing-jobs/1",
      FileSystemConfigs: [
        { Arn: "arn:aws:elasticfilesystem:eu-central-1:1:access-point/1", LocalMountPath: "/mnt/a" },
      ],
      Environment: { Error: { ErrorCode: "AccessDeniedException", Message: "not allowed to decrypt" } },
      TenancyConfig: { TenantIsolationMode: "PER_TENANT" },
    });
    expect(original).to.deep.equal({
      functionName: "orders",
      accountId: "123456789012",
      codeBytes: 2_000,
      codeBytesMax: 1_000,
      image: true,
      signed: true,
      fileSystems: true,
      variablesError: "not allowed to decrypt",
      variables: {},
      kinds: ["tenants"],
      layers: [],
      unreserved: 700,
    });
  });

  it("does not upload code whose hash differs from the function's", async () => {
    const { error, created } = await copying({ CodeSha256: "another" });
    expect([error?.code, error?.message, created]).to.deep.equal([
      "unavailable",
      "orders cannot be copied: The code at Lambda's link does not have the function's CodeSha256.",
      null,
    ]);
  });

  it("explains a denied CreateFunction", async () => {
    const message = `User: x is not authorized to perform: iam:PassRole on resource: ${ROLE}`;
    const { error } = await copying({}, { status: 403, type: "AccessDeniedException", body: { message } });
    expect(error?.message).to.equal(`orders cannot be copied: ${message}`);
    expect(error?.hint).to.include("iam:PassRole on the function's role");
  });

  it("shows no variable that AWS quotes in its message", async () => {
    const { error } = await copying(
      { Environment: { Variables: { PASSWORD: "hunter2" } } },
      {
        status: 400,
        type: "InvalidParameterValueException",
        body: { message: 'exceeded the 4KB limit. String measured: {"PASSWORD":"hunter2"}' },
      },
    );
    expect(error?.message).to.equal("orders cannot be copied: exceeded the 4KB limit. String measured: {…");
    expect(error?.cause).to.equal(undefined);
  });
});
