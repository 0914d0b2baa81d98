import { expect } from "chai";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AwsRequests, type InfraScripts, infraScripts } from "./infra-scripts.ts";

const COMMAND = ["soak", "--duration", "24h", "--interval", "60s", "--yes"];

describe("infrastructure: the runner", () => {
  let scripts: InfraScripts;
  before(async () => {
    scripts = await infraScripts();
  });

  it("soaks as long as it was deployed for, or as long as somebody asks", () => {
    expect(scripts.commandFor(COMMAND, null)).to.deep.equal(COMMAND);
    expect(scripts.commandFor(COMMAND, "3d")).to.deep.equal([
      "soak",
      "--duration",
      "3d",
      "--interval",
      "60s",
      "--yes",
    ]);
  });

  it("says before it starts how often it connects, and to whose machine", () => {
    const functions = {
      own: { peer: "plc.example.com:502", peer_log_group: null },
      ours: { peer: "ours.longrun.internal:7000", peer_log_group: "/longrun/longrun/peer/ours" },
    };
    const said = scripts.announcement({ functions, region: "eu-central-1" }, COMMAND);
    expect(said).to.contain("every 60s for 24h");
    expect(said).to.contain("own connects to plc.example.com:502, which is not ours");
    expect(said).to.contain("ours connects to its managed peer ours.longrun.internal:7000.");
  });

  it("says how to watch it, to end it and to fetch its result", () => {
    const runner = { cluster: "longrun-runner", bucket: "longrun-runs-1-eu-central-1" };
    const said = scripts.whatNext({ region: "eu-central-1", runner }, "arn:task");
    for (const telling of [
      "make logs TARGET=aws",
      "aws ecs stop-task --region eu-central-1 --cluster longrun-runner --task arn:task",
      "aws s3 sync s3://longrun-runs-1-eu-central-1/runs/ runs/",
    ])
      expect(said).to.contain(telling);
  });

  it("writes where `make logs` reads", () => {
    expect(
      scripts.logGroups({ own: { log_group: "/aws/lambda/own", peer_log_group: null } }, { log_group: "/r" }),
    ).to.deep.equal([
      ["own", "/aws/lambda/own"],
      ["runner", "/r"],
    ]);
    expect(scripts.logGroups({ own: { log_group: "/o", peer_log_group: "/p" } }, null)).to.deep.equal([
      ["own", "/o"],
      ["own peer", "/p"],
    ]);
  });

  describe("asks services of AWS", () => {
    let server: Server;
    let requests: AwsRequests;
    let answer: { readonly status: number; readonly text: string };
    let seen: { readonly request: IncomingMessage; readonly body: string } | null;
    before(async () => {
      server = createServer((request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += chunk.toString()));
        request.on("end", () => {
          seen = { request, body };
          response.writeHead(answer.status).end(answer.text);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      requests = await scripts.awsRequests({ region: "eu-central-1", endpoint: `http://127.0.0.1:${port}` });
    });
    after((done) => {
      server.close(done);
    });
    beforeEach(() => {
      seen = null;
    });

    it("in JSON, signed for service and Region", async () => {
      answer = { status: 200, text: '{"taskArns":[]}' };
      const { ok, type, text } = await requests.json("ecs", "X.ListTasks", { cluster: "c" });
      expect([ok, type, text]).to.deep.equal([true, null, '{"taskArns":[]}']);
      expect(seen?.body).to.equal('{"cluster":"c"}');
      expect(seen?.request.headers["x-amz-target"]).to.equal("X.ListTasks");
      expect(seen?.request.headers.authorization).to.match(/\/eu-central-1\/ecs\/aws4_request/);
    });

    it("in queries, IAM's signed for the one Region that it has", async () => {
      answer = {
        status: 404,
        text: "<E><Error><Code>NoSuchEntity</Code><Message>no role</Message></Error></E>",
      };
      const { ok, type, message } = await requests.query("iam", "2010-05-08", "GetRole", { RoleName: "r" });
      expect([ok, type, message]).to.deep.equal([false, "NoSuchEntity", "no role"]);
      expect(seen?.body).to.equal("Action=GetRole&Version=2010-05-08&RoleName=r");
      expect(seen?.request.headers.authorization).to.match(/\/us-east-1\/iam\/aws4_request/);
    });

    it("and tells an error of JSON by its name alone", async () => {
      answer = {
        status: 400,
        text: '{"__type":"com.amazonaws.ecs#ClusterNotFoundException","message":"Cluster not found."}',
      };
      const { type, message } = await requests.json("ecs", "X.RunTask", {});
      expect([type, message]).to.deep.equal(["ClusterNotFoundException", "Cluster not found."]);
    });
  });
});
