import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { awsRequests } from "../../../scripts/infra/aws-request.ts";
import { explained } from "../../../scripts/infra/deploy.ts";
import { readSettings } from "../../../scripts/infra/settings.ts";
import { cannedService, json } from "../adapters/aws/canned-service.ts";

/** A program for AWS's setting `credential_process`: each start writes another key, which is valid for the given minutes. */
const CREDENTIALS = `
import { appendFileSync, readFileSync } from "node:fs";
const [, , counter, minutes] = process.argv;
appendFileSync(counter, "x");
process.stdout.write(JSON.stringify({
  Version: 1,
  AccessKeyId: "KEY" + readFileSync(counter, "utf8").length,
  SecretAccessKey: "secret",
  SessionToken: "token",
  Expiration: new Date(Date.now() + Number(minutes) * 60_000).toISOString(),
}));
`;

describe("infrastructure: requests to AWS without an SDK client", () => {
  const NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"];
  const FILES = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ENDPOINT_URL"];
  const before = new Map([...NAMES, ...FILES].map((name) => [name, process.env[name]]));
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "longrun-credentials-"));
    for (const name of before.keys()) delete process.env[name];
  });
  afterEach(async () => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    await rm(folder, { recursive: true });
  });

  /** Makes three requests with credentials that are valid for this number of minutes. Returns the access key of each request. */
  async function keysOfThree(minutes: number): Promise<readonly (string | undefined)[]> {
    const program = join(folder, "credentials.mjs");
    await writeFile(program, CREDENTIALS);
    const command = [execPath, program, join(folder, "counter"), String(minutes)].join(" ");
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(folder, "none");
    await writeFile(process.env["AWS_CONFIG_FILE"], `[default]\ncredential_process = ${command}\n`);
    const service = await cannedService((_asked, response) => json(response, 200, {}));
    process.env["AWS_ENDPOINT_URL"] = service.endpoint;
    try {
      const requests = await awsRequests({ region: "eu-central-1", endpoint: null });
      for (let n = 0; n < 3; n += 1) await requests.json("ecs", "ListClusters", {});
    } finally {
      await service.close();
    }
    return service.asked.map(({ headers }) => /Credential=(\w+)\//.exec(headers.authorization ?? "")?.[1]);
  }

  it("use new credentials when the previous ones are about to expire", async () => {
    const keys = await keysOfThree(1);
    expect(new Set(keys).size).to.equal(3);
  });

  it("use the same credentials again when these are valid for a longer time", async () => {
    expect(await keysOfThree(60)).to.deep.equal(["KEY1", "KEY1", "KEY1"]);
  });

  it("do not hide the error of an apply if ECS cannot be asked about it", async () => {
    const service = await cannedService(() => undefined);
    await service.close();
    process.env["AWS_ENDPOINT_URL"] = service.endpoint;
    process.env["AWS_ACCESS_KEY_ID"] = "key";
    process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
    const settings = readSettings({ TARGET: "aws", REGION: "eu-central-1", PEER: "192.0.2.1:7000" }, folder);
    const stderr = "Error: waiting for ECS Service (arn) create: last state: 'tfPENDING', not 'tfSTABLE'";
    const error = await explained(settings, { code: 1, stdout: "", stderr });
    expect(error.message).to.match(/^The apply ended with 1\. What was made is in the state/);
  });
});
