/** The levers in a team's own test, on the library's engine. */
import { expect } from "chai";
import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { LOCAL_REGION } from "../../src/words/local-region.ts";
import {
  design,
  startEngine,
  startPeer,
  type Engine,
  type FunctionUnderTest,
  type PeerUnderTest,
} from "../../src/library/index.ts";

async function refusedBy(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("expected an error");
}

describe("the library with provoke", function () {
  this.timeout(60_000);
  let engine: Engine;
  const peers: PeerUnderTest[] = [];
  before(async () => {
    engine = await startEngine();
  });
  after(async () => {
    await engine.close();
    await Promise.all(peers.map((peer) => peer.close()));
  });

  const clientOf = () =>
    new LambdaClient({
      region: LOCAL_REGION,
      endpoint: engine.endpoint,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });

  async function awsVersions(
    FunctionName: string,
  ): Promise<readonly Partial<Record<"Version" | "Description", string | undefined>>[]> {
    const client = clientOf();
    const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
    client.destroy();
    return Versions.map(({ Version, Description }) => ({ Version, Description }));
  }

  async function functionOf(
    name: "init-connect" | "handler-connect",
  ): Promise<{ readonly fn: FunctionUnderTest }> {
    const peer = await startPeer();
    peers.push(peer);
    return { fn: await engine.createFunction({ ...design(name), peer }) };
  }

  for (const lever of ["versions", "provisioned"] as const)
    it(`provokes the failure and the fix with ${lever}, says so, and undoes it`, async () => {
      const found: unknown[] = [];
      for (const name of ["init-connect", "handler-connect"] as const) {
        const { fn } = await functionOf(name);
        await fn.provoke(lever);
        const answers = [(await fn.invoke()).ok, (await fn.invoke()).ok];
        // Only an invocation of the first version again shows that its environment still lived.
        answers.push((await fn.invoke()).ok);
        const { verdict, exposure } = await fn.analyze();
        await fn.unprovoke();
        found.push({ answers, verdict, provoked: exposure.provoked?.map((one) => one.lever) });
        const left = await awsVersions(fn.name);
        expect(left).to.deep.equal([{ Version: "$LATEST", Description: "" }]);
      }
      const harmed = lever === "versions" ? [true, false, true] : [false, false, false];
      expect(found).to.deep.equal([
        { answers: harmed, verdict: "fail", provoked: [lever] },
        { answers: [true, true, true], verdict: "pass", provoked: [lever] },
      ]);
    });

  it("provokes the failure and the fix with tenants, says so, and refuses a function that does not isolate them", async () => {
    const found: unknown[] = [];
    for (const name of ["init-connect", "handler-connect"] as const) {
      const peer = await startPeer();
      peers.push(peer);
      const fn = await engine.createFunction({ ...design(name), peer, isolatesTenants: true });
      await fn.provoke("tenants");
      const answers = [(await fn.invoke()).ok, (await fn.invoke()).ok, (await fn.invoke()).ok];
      const { verdict, exposure } = await fn.analyze();
      found.push({ answers, verdict, provoked: exposure.provoked?.map((one) => one.lever) });
    }
    expect(found).to.deep.equal([
      { answers: [true, false, true], verdict: "fail", provoked: ["tenants"] },
      { answers: [true, true, true], verdict: "pass", provoked: ["tenants"] },
    ]);
    const { fn } = await functionOf("handler-connect");
    const error = await refusedBy(() => fn.provoke("tenants"));
    expect(error.message).to.include("isolatesTenants");
  });

  it("provokes by updates, and ends the provocation with an update of its own", async () => {
    const { fn } = await functionOf("handler-connect");
    await fn.provoke("update", "versions");
    const ran = [await fn.invoke(), await fn.invoke(), await fn.invoke(), await fn.invoke()];
    expect(new Set(ran.map(({ environment }) => environment)).size).to.equal(4);
    await fn.update();
    expect((await awsVersions(fn.name)).map(({ Version }) => Version)).to.deep.equal(["$LATEST"]);
    expect((await fn.invoke()).ok).to.equal(true);
  });

  it("undoes the levers before one that fails", async () => {
    const { fn } = await functionOf("handler-connect");
    const { fn: other } = await functionOf("handler-connect");
    const client = clientOf();
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand());
    // The account keeps 100 unreserved, so nothing is left to provision an environment. The function has one reserved already.
    const left = (AccountLimit?.UnreservedConcurrentExecutions ?? 0) - 100 + 1;
    await client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: other.name, ReservedConcurrentExecutions: left }),
    );
    const error = await refusedBy(() => fn.provoke("versions", "provisioned"));
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: other.name }));
    client.destroy();
    expect(error.message).to.include("UnreservedConcurrentExecution below its minimum value of [100]");
    expect(await awsVersions(fn.name)).to.deep.equal([{ Version: "$LATEST", Description: "" }]);
    expect((await fn.invoke()).ok).to.equal(true);
  });

  it("places no invocation in an environment while the versions are invoked in turn", async () => {
    const { fn } = await functionOf("handler-connect");
    const environment = await fn.initialiseAhead();
    await fn.provoke("versions");
    const error = await refusedBy(() => fn.invoke({}, { placement: environment }));
    expect(error.message).to.equal(
      "placement: expected no environment after provoke, which chooses the version or the tenant of each invocation",
    );
    expect((await refusedBy(() => fn.provoke("version" as never))).message).to.equal(
      "provoke version: expected one of versions, update, provisioned, tenants; did you mean versions?",
    );
    expect((await refusedBy(() => fn.provoke(...([] as never[])))).message).to.equal(
      "provoke: expected one of versions, update, provisioned, tenants",
    );
  });
});
