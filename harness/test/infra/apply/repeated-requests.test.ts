/**
 * In CI Terraform's SDK has sometimes lost an answer of moto and sent the request again. Here the answer is lost for certain: a server
 * between the real SDK and moto cuts the first connection as soon as moto answers.
 */
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { ownMoto } from "./own-moto.ts";

const logGroupName = "/longrun/repeated";

describe("moto, if its answer is lost,", function () {
  this.timeout(300_000);
  const endpoint = ownMoto();
  const servers: Server[] = [];
  after(() => {
    for (const server of servers) server.close();
  });

  const losesOneAnswer = async (): Promise<{
    readonly client: CloudWatchLogsClient;
    connections(): number;
  }> => {
    const to = new URL(endpoint());
    let connections = 0;
    const server = createServer((caller) => {
      const isFirst = ++connections === 1;
      const upstream = connect(Number(to.port), to.hostname);
      for (const socket of [caller, upstream]) socket.on("error", () => socket.destroy());
      caller.pipe(upstream);
      if (isFirst) upstream.once("data", () => caller.resetAndDestroy());
      else upstream.pipe(caller);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return { client: clientOf(`http://127.0.0.1:${port}`), connections: () => connections };
  };
  const clientOf = (address: string): CloudWatchLogsClient =>
    new CloudWatchLogsClient({
      endpoint: address,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });

  it("answers the same request again with success", async () => {
    const creating = await losesOneAnswer();
    await creating.client.send(new CreateLogGroupCommand({ logGroupName }));
    expect(creating.connections()).to.equal(2);
    const plain = clientOf(endpoint());
    const { logGroups } = await plain.send(new DescribeLogGroupsCommand({}));
    expect(logGroups?.map((group) => group.logGroupName)).to.deep.equal([logGroupName]);
    const removing = await losesOneAnswer();
    await removing.client.send(new DeleteLogGroupCommand({ logGroupName }));
    expect(removing.connections()).to.equal(2);
    expect((await plain.send(new DescribeLogGroupsCommand({}))).logGroups).to.deep.equal([]);
    for (const { client } of [creating, removing]) client.destroy();
    plain.destroy();
  });

  it("still refuses another request for the same", async () => {
    const plain = clientOf(endpoint());
    await plain.send(new CreateLogGroupCommand({ logGroupName }));
    const refused = await plain.send(new CreateLogGroupCommand({ logGroupName })).then(
      () => "accepted",
      (error: unknown) => (error as Error).name,
    );
    expect(refused).to.equal("ResourceAlreadyExistsException");
    plain.destroy();
  });

  it("is not blocked by a request whose body does not come, and answers it if it is sent again as a whole", async () => {
    const { hostname, port } = new URL(endpoint());
    const scope = "Credential=local/20260101/us-east-1/logs/aws4_request";
    const headers = {
      authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Logs_20140328.CreateLogGroup",
    };
    const bodyOf = (name: string): string => JSON.stringify({ logGroupName: `/longrun/${name}` });
    const ask = (id: string): Promise<Response> =>
      fetch(endpoint(), {
        method: "POST",
        headers: { ...headers, "amz-sdk-invocation-id": id },
        body: bodyOf(id),
      });
    const lines = Object.entries({ ...headers, host: "moto", "amz-sdk-invocation-id": "cut" });
    // One byte is missing. Without it the body is valid too: if moto saw the request, the group would exist.
    const cut = connect(Number(port), hostname);
    await new Promise<void>((resolve) =>
      cut.write(
        `POST / HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}content-length: ${bodyOf("cut").length + 1}\r\n\r\n${bodyOf("cut")}`,
        () => resolve(),
      ),
    );
    expect((await ask("other")).status).to.equal(200);
    const closed = new Promise((resolve) => cut.once("close", resolve));
    cut.end();
    await closed;
    expect((await ask("cut")).status).to.equal(200);
  });
});
