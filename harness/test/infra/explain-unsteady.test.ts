import { expect } from "chai";
import { awsRequests } from "../../../scripts/infra/aws-request.ts";
import { explainUnsteady, isUnsteady } from "../../../scripts/infra/explain-unsteady.ts";
import { cannedService, json } from "../adapters/aws/canned-service.ts";

describe("infrastructure: a managed peer that does not start", () => {
  const asked = { cluster: "longrun-peers", services: ["init-connect", "handler-connect"] };

  it("is recognised in Terraform's output", () => {
    expect(
      [
        "waiting for ECS Service (arn) create: timeout while waiting for state to become 'tfSTABLE' (last state: 'tfPENDING', timeout: 10m0s)",
        "waiting for ECS service (x) to reach steady state after update",
        "creating Lambda Function (longrun-a): AccessDenied",
      ].map(isUnsteady),
    ).to.deep.equal([true, true, false]);
  });

  it("is explained with the messages of ECS about the service and its last task", async () => {
    const answers: Readonly<Record<string, object>> = {
      DescribeServices: {
        services: [
          { serviceName: "init-connect", deployments: [{ rolloutState: "COMPLETED" }], events: [] },
          {
            serviceName: "handler-connect",
            deployments: [{ rolloutState: "FAILED", rolloutStateReason: "tasks failed to start." }],
            events: [{ message: "one" }, { message: "two" }, { message: "three" }],
          },
        ],
      },
      ListTasks: { taskArns: ["arn:task"] },
      DescribeTasks: {
        tasks: [
          {
            taskArn: "arn:task",
            lastStatus: "STOPPED",
            stoppedReason: "CannotPullContainerError: not found",
            containers: [{ reason: null, exitCode: 1 }],
          },
        ],
      },
    };
    const service = await cannedService(({ headers }, response) =>
      json(response, 200, answers[String(headers["x-amz-target"]).split(".")[1] ?? ""]),
    );
    const requests = await awsRequests({ region: "eu-central-1", endpoint: service.endpoint });
    const lines = await explainUnsteady(requests, asked);
    await service.close();
    expect(lines).to.deep.equal([
      "handler-connect: tasks failed to start.",
      "handler-connect: one",
      "handler-connect: two",
      "handler-connect: a task stopped: CannotPullContainerError: not found, exit code 1",
    ]);
  });

  it("is not explained if the credentials do not allow the requests", async () => {
    const service = await cannedService((_asked, response) =>
      json(response, 400, { __type: "AccessDeniedException", message: "no" }),
    );
    const requests = await awsRequests({ region: "eu-central-1", endpoint: service.endpoint });
    expect(await explainUnsteady(requests, asked)).to.deep.equal([]);
    await service.close();
  });
});
