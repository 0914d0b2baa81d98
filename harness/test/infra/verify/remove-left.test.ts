import { expect } from "chai";
import { emptyBucket } from "../../../../scripts/infra/bucket.ts";
import { removeRole } from "../../../../scripts/infra/verify/iam.ts";
import { removeLeft } from "../../../../scripts/infra/verify/remove-left.ts";
import { probeContext, type Ask } from "./probe-context.ts";

/** Addresses at which nothing answers, because these tests find things only by their ARN. */
const NOWHERE = { engine: "http://127.0.0.1:1", services: "http://127.0.0.1:1", peer: null };

describe("infrastructure: a resource that a destroy left behind", () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
  });
  const noting =
    (answer: Ask): Ask =>
    (service, action, body) => {
      asked.push(`${service} ${action} ${JSON.stringify(body)}`);
      return answer(service, action, body);
    };

  it("is removed by its ARN, also if the removal of something else was refused", async () => {
    const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;
    const left = [
      arn("ec2", "vpc/vpc-1"),
      arn("ec2", "subnet/subnet-1"),
      arn("ecs", "service/lrv-1-peers/init-connect"),
      arn("ec2", "security-group/sg-1"),
      "role lrv-1-verify",
    ];
    const clients = probeContext({
      ask: noting((_service, action) => (action === "DeleteSubnet" ? "DependencyViolation" : {})),
    });
    await removeLeft(left, [], { clients, region: "eu-central-1", running: NOWHERE });
    expect(asked).to.deep.equal([
      'ecs DeleteService {"cluster":"lrv-1-peers","service":"init-connect","force":true}',
      'ec2 DeleteSubnet {"SubnetId":"subnet-1"}',
      'ec2 DeleteSecurityGroup {"GroupId":"sg-1"}',
      'ec2 DeleteVpc {"VpcId":"vpc-1"}',
    ]);
  });

  it("is removed after its policies if it is a role", async () => {
    const lists: Readonly<Record<string, object>> = {
      ListAttachedRolePolicies: { xml: "<PolicyName>p</PolicyName><PolicyArn>arn:p</PolicyArn>" },
      ListRolePolicies: { xml: "<member>inline</member>" },
    };
    const { requests } = probeContext({ ask: noting((_service, action) => lists[action] ?? {}) });
    await removeRole(requests, "r");
    expect(asked.filter((one) => !one.startsWith("iam List"))).to.deep.equal([
      'iam DetachRolePolicy {"RoleName":"r","PolicyArn":"arn:p"}',
      'iam DeleteRolePolicy {"RoleName":"r","PolicyName":"inline"}',
      'iam DeleteRole {"RoleName":"r"}',
    ]);
  });

  it("is emptied of every version and every delete marker if it is a bucket", async () => {
    const version = (element: string, key: string, id: string) =>
      `<${element}><Key>${key}</Key><VersionId>${id}</VersionId></${element}>`;
    let full = true;
    const { requests } = probeContext({
      ask: noting((_service, action) => {
        if (action === "DELETE") return {};
        const xml = full ? version("Version", "runs/1 a", "v1") + version("DeleteMarker", "b", "v2") : "";
        full = false;
        return { xml };
      }),
    });
    await emptyBucket(requests, "bucket");
    expect(asked.filter((one) => one.includes("DELETE"))).to.deep.equal([
      's3 DELETE {"path":"/bucket/runs/1%20a?versionId=v1"}',
      's3 DELETE {"path":"/bucket/b?versionId=v2"}',
    ]);
  });
});
