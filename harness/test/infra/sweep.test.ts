import { expect } from "chai";
import { sweep, sweptText } from "../../../scripts/infra/sweep.ts";
import { cannedService, json } from "../adapters/aws/canned-service.ts";

const DESTROYED = [
  {
    type: "aws_lambda_function",
    what: "function",
    name: "longrun-a",
    address: 'module.function["a"].aws_lambda_function.this',
    within: null,
  },
  {
    type: "aws_dynamodb_table",
    what: "table",
    name: "longrun-leases",
    address: "module.lease[0].aws_dynamodb_table.this",
    within: null,
  },
] as const;

describe("infrastructure: the sweep after a destroy", () => {
  async function swept(answers: Readonly<Record<string, (body: string) => readonly [number, object]>>) {
    const service = await cannedService(({ path, headers, body }, response) => {
      if (path.startsWith("/2015-03-31/functions/"))
        return json(response, 404, {}, { "x-amzn-errortype": "ResourceNotFoundException" });
      const target = String(headers["x-amz-target"]).split(".")[1] ?? "";
      const [status, answer] = answers[target]?.(body) ?? [400, { __type: "Unexpected", message: target }];
      json(response, status, answer);
    });
    try {
      const running = { engine: service.endpoint, services: service.endpoint };
      return await sweep({ name: "longrun", region: "eu-central-1", running, destroyed: DESTROYED });
    } finally {
      await service.close();
    }
  }
  const page = (arn: string, next: string) => ({
    ResourceTagMappingList: [{ ResourceARN: arn }],
    PaginationToken: next,
  });

  it("finds resources by the deployment's tag or by the name of a destroyed resource, and log groups of ECS", async () => {
    const found = await swept({
      GetResources: (body) => [200, body.includes("next") ? page("arn:vpc", "") : page("arn:nat", "next")],
      DescribeTable: () => [200, {}],
      DescribeLogGroups: (body) => [
        200,
        {
          logGroups: body.includes("containerinsights")
            ? [{ logGroupName: "/aws/ecs/containerinsights/longrun-peers/performance" }]
            : body.includes("/aws/lambda/")
              ? [{ logGroupName: "/aws/lambda/longrun-a" }, { logGroupName: "/aws/lambda/longrun-a-b" }]
              : [],
        },
      ],
    });
    expect(found).to.deep.equal({
      left: [
        "arn:nat",
        "arn:vpc",
        "log group /aws/ecs/containerinsights/longrun-peers/performance",
        "log group /aws/lambda/longrun-a",
        "table longrun-leases",
      ],
      unknown: [],
    });
    expect(sweptText(found)).to.contain("  table longrun-leases\n");
  });

  it("does not list what belongs to a deployment whose name begins with the same word", async () => {
    const groups = [
      "/aws/ecs/containerinsights/longrun-prod-peers/performance",
      "/aws/lambda/longrun-prod-a",
      "/longrun/longrun-prod/peer/a",
    ];
    const found = await swept({
      GetResources: () => [200, {}],
      DescribeTable: () => [400, { __type: "ResourceNotFoundException", message: "no" }],
      DescribeLogGroups: (body) => {
        const { logGroupNamePrefix } = JSON.parse(body) as { readonly logGroupNamePrefix: string };
        const found = groups.filter((name) => name.startsWith(logGroupNamePrefix));
        return [200, { logGroups: found.map((logGroupName) => ({ logGroupName })) }];
      },
    });
    expect(found).to.deep.equal({ left: [], unknown: [] });
  });

  it("leaves out deleted resources that AWS still lists by their tag", async () => {
    const arns = [
      "ecs:eu-central-1:1:task-definition/longrun-peer-a:1",
      "ecs:eu-central-1:1:cluster/longrun-peers",
      "ecs:eu-central-1:1:service/longrun-peers/a",
    ];
    const found = await swept({
      GetResources: () => [
        200,
        { ResourceTagMappingList: arns.map((arn) => ({ ResourceARN: `arn:aws:${arn}` })) },
      ],
      DescribeClusters: () => [200, { clusters: [{ status: "INACTIVE" }] }],
      DescribeServices: () => [400, { __type: "ClusterNotFoundException", message: "no" }],
      DescribeTable: () => [400, { __type: "ResourceNotFoundException", message: "no" }],
      DescribeLogGroups: () => [200, { logGroups: [] }],
    });
    expect(found).to.deep.equal({ left: [], unknown: [] });
  });

  it("reports what it could not look up, and looks for the other resources", async () => {
    const found = await swept({
      GetResources: () => [400, { __type: "AccessDeniedException", message: "no" }],
      DescribeTable: () => [400, { __type: "ResourceNotFoundException", message: "no" }],
      DescribeLogGroups: () => [200, { logGroups: [] }],
    });
    expect(found).to.deep.equal({
      left: [],
      unknown: ["resources by tag (tag:GetResources): AccessDeniedException"],
    });
  });

  it("prints nothing if nothing is left", () => {
    expect(sweptText({ left: [], unknown: [] })).to.equal("");
  });
});
