import { expect } from "chai";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { awsRequests, type AwsRequests } from "../../../scripts/infra/aws-request.ts";
import { logGroups } from "../../../scripts/infra/logs.ts";
import { announcement, commandFor, startTask, whatNext } from "../../../scripts/infra/runner.ts";

const COMMAND = ["soak", "--duration", "24h", "--interval", "60s", "--yes"];

describe("infrastructure: the runner", () => {
  it("runs the soak for the duration in the deployed command, or for another duration if one is given", () => {
    expect(commandFor(COMMAND, null)).to.deep.equal(COMMAND);
    expect(commandFor(COMMAND, "3d")).to.deep.equal([
      "soak",
      "--duration",
      "3d",
      "--interval",
      "60s",
      "--yes",
    ]);
  });

  it("before it starts, reports how often it connects, and to which peer", () => {
    const functions = {
      own: { name: "longrun-own", peer: "plc.example.com:502", peer_log_group: null },
      ours: {
        name: "longrun-ours",
        peer: "ours.longrun.internal:7000",
        peer_log_group: "/longrun/longrun/peer/ours",
      },
    };
    const said = announcement({ functions, region: "eu-central-1" }, COMMAND);
    expect(said).to.contain("every 60s for 24h");
    expect(said).to.contain("own connects to plc.example.com:502, which longrun did not start");
    expect(said).to.contain("ours connects to its managed peer ours.longrun.internal:7000.");
  });

  it("prints how to watch the task, how to end it and how to fetch its result", () => {
    const place = {
      region: "eu-central-1",
      cluster: "longrun-runner",
      bucket: "longrun-runs-1-eu-central-1",
    };
    const said = whatNext(place, "arn:task");
    for (const telling of [
      "make logs TARGET=aws",
      "aws ecs stop-task --region eu-central-1 --cluster longrun-runner --task arn:task",
      "aws s3 sync s3://longrun-runs-1-eu-central-1/runs/ runs/",
    ])
      expect(said).to.contain(telling);
  });

  it("writes to the log group that `make logs` reads", () => {
    const own = { name: "longrun-own", log_group: "/aws/lambda/own", peer_log_group: null };
    const runner = {
      cluster: "c",
      task_definition: "t",
      subnet_ids: [],
      security_group_id: "sg-1",
      bucket: "b",
      log_group: "/r",
      command: COMMAND,
    };
    expect(logGroups({ functions: { own }, runner })).to.deep.equal([
      ["own", "/aws/lambda/own"],
      ["runner", "/r"],
    ]);
    const ours = { name: "longrun-own", log_group: "/o", peer_log_group: "/p" };
    expect(logGroups({ functions: { own: ours }, runner: null })).to.deep.equal([
      ["own", "/o"],
      ["own peer", "/p"],
    ]);
  });

  describe("the requests to AWS services", () => {
    let server: Server;
    let requests: AwsRequests;
    let answer: { readonly status: number; readonly text: string };
    let seen: { readonly request: IncomingMessage; readonly body: string } | null;
    let seenEach: (body: string) => void = () => undefined;
    before(async () => {
      server = createServer((request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += chunk.toString()));
        request.on("end", () => {
          seen = { request, body };
          seenEach(body);
          response.writeHead(answer.status).end(answer.text);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      requests = await awsRequests({ region: "eu-central-1", endpoint: `http://127.0.0.1:${port}` });
    });
    after((done) => {
      server.close(done);
    });
    beforeEach(() => {
      seen = null;
      seenEach = () => undefined;
    });

    it("are JSON, signed for service and Region", async () => {
      answer = { status: 200, text: '{"taskArns":[]}' };
      const { ok, type, text } = await requests.json("ecs", "ListTasks", { cluster: "c" });
      expect([ok, type, text]).to.deep.equal([true, null, '{"taskArns":[]}']);
      expect(seen?.body).to.equal('{"cluster":"c"}');
      expect(seen?.request.headers["x-amz-target"]).to.equal("AmazonEC2ContainerServiceV20141113.ListTasks");
      expect(seen?.request.headers.authorization).to.match(/\/eu-central-1\/ecs\/aws4_request/);
    });

    it("start only one task, even if an answer is lost", async () => {
      const tokens: unknown[] = [];
      answer = { status: 503, text: "" };
      const made = {
        cluster: "c",
        task_definition: "t",
        subnet_ids: ["subnet-1"],
        security_group_id: "sg-1",
        bucket: "b",
        log_group: "/r",
        command: COMMAND,
      };
      seenEach = (body) => {
        tokens.push((JSON.parse(body) as { readonly clientToken: unknown }).clientToken);
        if (tokens.length === 2) answer = { status: 200, text: '{"tasks":[{"taskArn":"arn:task"}]}' };
      };
      expect(await startTask(requests, made, { command: COMMAND, token: "token-1" })).to.equal("arn:task");
      expect(tokens).to.deep.equal(["token-1", "token-1"]);
    });

    it("use the query protocol for some services, and are signed for IAM's only Region if they go to IAM", async () => {
      answer = {
        status: 404,
        text: "<E><Error><Code>NoSuchEntity</Code><Message>no role</Message></Error></E>",
      };
      const { ok, type, message } = await requests.query("iam", "GetRole", { RoleName: "r" });
      expect([ok, type, message]).to.deep.equal([false, "NoSuchEntity", "no role"]);
      expect(seen?.body).to.equal("Action=GetRole&Version=2010-05-08&RoleName=r");
      expect(seen?.request.headers.authorization).to.match(/\/us-east-1\/iam\/aws4_request/);
    });

    it("report a JSON error by its name without the namespace, and with its message", async () => {
      answer = {
        status: 400,
        text: '{"__type":"com.amazonaws.ecs#ClusterNotFoundException","message":"Cluster not found."}',
      };
      const { type, message } = await requests.json("ecs", "RunTask", {});
      expect([type, message]).to.deep.equal(["ClusterNotFoundException", "Cluster not found."]);
    });
  });
});
