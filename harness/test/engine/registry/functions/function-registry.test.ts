import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { refused } from "../../support/refused.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";

describe("engine: a request that fails because the function cannot be saved", () => {
  const data = temporaryFolder();
  let on: TestEngine;
  let zip: Buffer;
  beforeEach(async () => {
    on = await testEngine({ dataFolder: data.path() });
    zip = await handlerZip();
  });
  afterEach(() => on.close());

  /** Runs the request while the functions' folder has another name, so that nothing can be saved. Returns the name of the error. */
  async function withoutFolder(request: () => Promise<unknown>): Promise<string> {
    const folder = join(data.path(), "functions");
    renameSync(folder, `${folder}.away`);
    const { name } = await refused(request());
    renameSync(`${folder}.away`, folder);
    return name;
  }

  it("leaves no function if it is a creation: the same creation succeeds later", async () => {
    expect(await withoutFolder(() => activeFunction(on, "f", zip))).to.equal("ServiceException");
    await activeFunction(on, "f", zip);
    const { State } = await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "f" }));
    expect(State).to.equal("Active");
  });

  it("changes nothing if it is an update: the same update succeeds later", async () => {
    await activeFunction(on, "f", zip);
    const update = (): Promise<unknown> =>
      on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "f", Description: "new" }));
    expect(await withoutFolder(update)).to.equal("ServiceException");
    const before = await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "f" }));
    expect([before.LastUpdateStatus, before.Description]).to.deep.equal(["Successful", ""]);
    await update();
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 600 }, { FunctionName: "f" });
  });
});
