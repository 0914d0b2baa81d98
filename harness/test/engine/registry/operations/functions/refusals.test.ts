import {
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  type CreateFunctionCommandInput,
  GetFunctionCodeSigningConfigCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { refused } from "../../../support/refused.ts";
import { rawRequest } from "../../../support/raw-request.ts";
import {
  ROLE,
  type TestEngine,
  activeFunction,
  handlerZip,
  testEngine,
} from "../../../support/test-engine.ts";

describe("engine: the Lambda API", () => {
  let on: TestEngine;
  let zip: Buffer;
  beforeEach(async () => {
    on = await testEngine();
    zip = await handlerZip();
  });
  afterEach(() => on.close());

  const create = (more: Partial<CreateFunctionCommandInput> = {}): CreateFunctionCommand =>
    new CreateFunctionCommand({
      FunctionName: "f",
      Role: ROLE,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: zip },
      ...more,
    });

  const refusals: readonly {
    readonly title: string;
    readonly input: Partial<CreateFunctionCommandInput>;
    readonly name: string;
    readonly message: RegExp;
  }[] = [
    {
      title: "a name with a space",
      input: { FunctionName: "a b" },
      name: "ValidationException",
      message:
        /^1 validation error detected: Value 'a b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    },
    {
      title: "a name of 65 characters",
      input: { FunctionName: "x".repeat(65) },
      name: "InvalidParameterValueException",
      message: /less than or equal to 64$/,
    },
    {
      title: "SnapStart of a runtime that has it on AWS",
      input: { Runtime: "python3.13", SnapStart: { ApplyOn: "PublishedVersions" } },
      name: "InvalidParameterValueException",
      message: /^The local engine does not support SnapStart\.$/,
    },
    {
      title: "both time-out 5401 and memory 64",
      input: { Timeout: 5_401, MemorySize: 64 },
      name: "ValidationException",
      message:
        /^2 validation errors detected: Value '5401' at 'timeout' .*; Value '64' at 'memorySize' .*greater than or equal to 128$/,
    },
    {
      title: "a time-out that only Managed Instances have",
      input: { Timeout: 1_801 },
      name: "InvalidParameterValueException",
      message: /Timeout of up to 1800 seconds/,
    },
    {
      title: "memory that only Managed Instances have",
      input: { MemorySize: 10_241 },
      name: "InvalidParameterValueException",
      message:
        /^'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240$/,
    },
    {
      title: "storage that only functions with an accelerator have",
      input: { EphemeralStorage: { Size: 10_241 } },
      name: "InvalidParameterValueException",
      message: /EphemeralStorage of up to 10240 MB/,
    },
    {
      title: "subnets without security groups",
      input: { VpcConfig: { SubnetIds: ["subnet-12345678"] } },
      name: "InvalidParameterValueException",
      message: /^SubnetIds and SecurityIds must coexist or be both empty list\.$/,
    },
    {
      title: "a role that is not an ARN",
      input: { Role: "admin" },
      name: "ValidationException",
      message: /at 'role'/,
    },
    {
      title: "a handler with a space",
      input: { Handler: "a b" },
      name: "ValidationException",
      message: /at 'handler'/,
    },
    {
      title: "a runtime that does not exist",
      input: { Runtime: "cobol85" as never },
      name: "InvalidParameterValueException",
      message:
        /^Value cobol85 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, python3\.14, provided\.al2023, python3\.12, python3\.13, nodejs24\.x, nodejs22\.x, java25, python3\.10, python3\.11, java21, ruby3\.3, ruby3\.4, ruby3\.2, python3\.8, python3\.9, java17, nodejs16\.x, dotnet10, dotnet8, java11, dotnet6, nodejs18\.x, provided\.al2, java8\.al2(, [a-z0-9.]+)*\] or be a valid ARN$/,
    },
    {
      title: "a runtime that Lambda no longer supports",
      input: { Runtime: "python3.7" },
      name: "InvalidParameterValueException",
      message:
        /^The runtime parameter of python3\.7 is no longer supported for creating or updating AWS Lambda functions\. We recommend you use a supported runtime while creating or updating functions\.$/,
    },
    {
      title: "a runtime that is newer than those that the engine runs",
      input: { Runtime: "ruby4.0" },
      name: "InvalidParameterValueException",
      message:
        /^Value ruby4\.0 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: /,
    },
    {
      title: "a runtime whose client needs a command of the user (--launcher), if there is no such command",
      input: { Runtime: "ruby3.4" },
      name: "InvalidParameterValueException",
      message:
        /^The local engine runs functions of ruby3\.4 only with --launcher 'COMMAND', .* aws_lambda_ric/,
    },
    {
      title: "a reserved variable",
      input: { Environment: { Variables: { AWS_REGION: "x" } } },
      name: "InvalidParameterValueException",
      message: /Reserved keys used in this request: AWS_REGION$/,
    },
    {
      title: "variables of more than 4 KB",
      input: { Environment: { Variables: { BIG: "x".repeat(4_096) } } },
      name: "InvalidParameterValueException",
      message: /exceeded the 4KB limit/,
    },
    {
      title: "a log level with format Text",
      input: { LoggingConfig: { LogFormat: "Text", SystemLogLevel: "DEBUG" } },
      name: "InvalidParameterValueException",
      message: /LogFormat must be set to JSON/,
    },
    {
      title: "a log group that starts with aws/",
      input: { LoggingConfig: { LogGroup: "aws/mine" } },
      name: "InvalidParameterValueException",
      message: /must not start with aws\//,
    },
    {
      title: "a package in S3",
      input: { Code: { S3Bucket: "bucket", S3Key: "key" } },
      name: "InvalidParameterValueException",
      message: /ZipFile only/,
    },
    {
      title: "a layer version that does not exist",
      input: { Layers: ["arn:aws:lambda:eu-central-1:123456789012:layer:l:1"] },
      name: "InvalidParameterValueException",
      message: /Layer version arn.* does not exist/,
    },
    {
      title: "an unknown architecture",
      input: { Architectures: ["riscv" as "arm64"] },
      name: "ValidationException",
      message: /\[x86_64, arm64\]/,
    },
    {
      title: "bytes that are not a zip",
      input: { Code: { ZipFile: Buffer.from("no zip") } },
      name: "InvalidParameterValueException",
      message: /^Could not unzip uploaded file\. Please check your file, then try to upload again\.$/,
    },
    {
      title: "an environment variable whose name begins with a digit",
      input: { Environment: { Variables: { "1X": "1" } } },
      name: "ValidationException",
      message:
        /Value at 'environment\.variables' failed to satisfy constraint: Map keys must satisfy constraint: \[Member must satisfy regular expression pattern: \[a-zA-Z\]\(\[a-zA-Z0-9_\]\)\+\]$/,
    },
    {
      title: "no code",
      input: { Code: {} },
      name: "InvalidParameterValueException",
      message: /Please provide a source for function code/,
    },
  ];
  for (const { title, input, name, message } of refusals) {
    it(`refuses ${title}`, async () => {
      const error = await refused(on.lambda.send(create(input)));
      expect([error.name, error.status]).to.deep.equal([name, 400]);
      expect(error.message).to.match(message);
      expect((await on.lambda.send(new ListFunctionsCommand({}))).Functions).to.deep.equal([]);
    });
  }

  it("answers a read of an unset value as AWS does, and refuses a write that it does not implement", async () => {
    await activeFunction(on, "f", zip);
    expect(
      (await on.lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName: "f" })))
        .CodeSigningConfigArn,
    ).to.equal(undefined);
    expect((await refused(on.lambda.send(new GetPolicyCommand({ FunctionName: "f" })))).name).to.equal(
      "ResourceNotFoundException",
    );
    expect(
      await refused(
        on.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: "f", AuthType: "NONE" })),
      ),
    ).to.deep.equal({
      name: "UnknownOperationException",
      status: 404,
      message: "The local engine does not serve CreateFunctionUrlConfig.",
    });
  });

  const bodies: readonly {
    readonly title: string;
    readonly method: string;
    readonly path: string;
    readonly body?: string;
    readonly status: number;
    readonly type: string;
    readonly expected: string;
  }[] = [
    {
      title: "a missing function, with the members Type and Message (with a capital M)",
      method: "GET",
      path: "/2015-03-31/functions/none",
      status: 404,
      type: "ResourceNotFoundException",
      expected:
        '{"Type":"User","Message":"Function not found: arn:aws:lambda:eu-central-1:123456789012:function:none"}',
    },
    {
      title: "another Region",
      method: "GET",
      path: "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af",
      status: 404,
      type: "ResourceNotFoundException",
      expected: `{"Type":"User","Message":"Functions from 'us-east-1' are not reachable in this region ('eu-central-1')"}`,
    },
    {
      title: "a qualifier that contradicts the name",
      method: "GET",
      path: "/2015-03-31/functions/f:1?Qualifier=2",
      status: 400,
      type: "InvalidParameterValueException",
      expected:
        '{"Type":"User","message":"The derived qualifier from the function name does not match the specified qualifier."}',
    },
    {
      title: "a member of a wrong type",
      method: "POST",
      path: "/2015-03-31/functions",
      body: '{"FunctionName":"f","Code":{},"Timeout":"3"}',
      status: 400,
      type: "InvalidRequestContentException",
      expected: `{"Type":"User","message":"Could not parse request body into json: 'Timeout' must be an integer, found string"}`,
    },
    {
      title: "a list as body",
      method: "POST",
      path: "/2015-03-31/functions",
      body: "[]",
      status: 400,
      type: "InvalidRequestContentException",
      expected:
        '{"Type":"User","message":"Could not parse request body into json: the request must be an object, found array"}',
    },
    {
      title: "a required member that is missing",
      method: "PUT",
      path: "/2017-10-31/functions/f/concurrency",
      body: "{}",
      status: 400,
      type: "ValidationException",
      expected: `{"message":"1 validation error detected: Value null at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must not be null"}`,
    },
    {
      title: "an operation that Lambda does not have",
      method: "PATCH",
      path: "/2015-03-31/functions/f",
      status: 404,
      type: "UnknownOperationException",
      expected: '{"message":"The local engine does not serve PATCH /2015-03-31/functions/f."}',
    },
    {
      title: "an invalid path",
      method: "GET",
      path: "/2015-03-31/functions/%ZZ",
      status: 400,
      type: "ValidationException",
      expected:
        '{"message":"1 validation error detected: Path \'/2015-03-31/functions/%ZZ\' failed to satisfy constraint: Member must be percent-encoded UTF-8"}',
    },
  ];
  it("refuses a name of 9000 letters with AWS's error type, and does not send the whole name back", async () => {
    for (const path of ["", "/configuration", "/versions"]) {
      const answer = await rawRequest(on.engine.endpoint, {
        path: `/2015-03-31/functions/${"a".repeat(9_000)}${path}`,
      });
      expect([answer.status, answer.headers["x-amzn-errortype"]]).to.deep.equal([400, "ValidationException"]);
      expect(answer.body.length).to.be.below(3_000);
    }
  });

  for (const { title, method, path, body, status, type, expected } of bodies) {
    it(`writes the expected error body for ${title}`, async () => {
      const answer = await rawRequest(on.engine.endpoint, {
        method,
        path,
        ...(body === undefined ? {} : { body }),
      });
      expect([answer.status, answer.headers["x-amzn-errortype"], answer.body]).to.deep.equal([
        status,
        type,
        expected,
      ]);
    });
  }
});
