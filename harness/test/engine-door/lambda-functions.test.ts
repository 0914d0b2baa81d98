import { CreateFunctionCommand, GetFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { ROLE, type TestEngine, handlerZip, testEngine } from "./test-engine.ts";

describe("engine door: functions", () => {
  let on: TestEngine;
  beforeEach(async () => {
    on = await testEngine();
  });
  afterEach(() => on.close());

  it("creates a function, becomes active, and invokes it", async () => {
    const zip = await handlerZip();
    const created = await on.lambda.send(new CreateFunctionCommand({ FunctionName: "first", Role: ROLE, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: zip } }));
    expect(created.State).to.equal("Pending");
    await waitUntilFunctionActiveV2({ client: on.lambda, maxWaitTime: 10 }, { FunctionName: "first" });
    const found = await on.lambda.send(new GetFunctionCommand({ FunctionName: "first" }));
    const downloaded = Buffer.from(await (await fetch(found.Code?.Location ?? "")).arrayBuffer());
    expect(downloaded.equals(zip)).to.equal(true);
    const answer = await on.lambda.send(new InvokeCommand({ FunctionName: "first", Payload: Buffer.from('{"a":1}'), LogType: "Tail" }));
    expect([answer.StatusCode, Buffer.from(answer.Payload ?? []).toString(), answer.ExecutedVersion]).to.deep.equal([200, '{"a":1}', "$LATEST"]);
  });
});
