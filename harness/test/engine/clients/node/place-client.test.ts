import { expect } from "chai";
import { join } from "node:path";
import { payloadOf, testFleet, writeFiles, type TestFleet } from "../../support/test-fleet.ts";

/**
 * A program that replaces AWS's client, because these tests check only the engine's part. It answers every event with the way in which it was
 * started. The conformance suite tests AWS's own client.
 */
const ANSWER = `
async function serve(how) {
  const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
  for (;;) {
    const next = await fetch(api + "next"); await next.text();
    await fetch(api + next.headers.get("lambda-runtime-aws-request-id") + "/response", { method: "POST", body: JSON.stringify(how) });
  }
}`;
const CLIENT_3 = {
  "package.json": "{}",
  "dist/rapid-client.node": "",
  "dist/index.mjs": `${ANSWER} export const run = (root, handler) => serve(["3", root === process.env.LAMBDA_TASK_ROOT, handler]);`,
};
const CLIENT_4 = {
  "package.json": "{}",
  "rapid-client.node": "",
  "index.mjs": `${ANSWER} serve(["4", process.env._HANDLER]);`,
};

const within = (folder: string, files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, name), text]));

describe("the engine with AWS's runtime client instead of ours", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });

  async function fleet(isolation: "none" | "auto" = "none"): Promise<(runtime: string) => string> {
    const installed = (runtime: string): string => join(test.folder, "installed", runtime);
    test = await testFleet({
      isolation,
      ricPackageOf: (runtime) => (runtime === "nodejs20.x" ? null : installed(runtime)),
    });
    writeFiles(installed("nodejs22.x"), CLIENT_3);
    writeFiles(installed("nodejs24.x"), CLIENT_4);
    return installed;
  }

  for (const isolation of ["none", "auto"] as const) {
    it(`starts the client that is installed for the runtime (isolation ${isolation})`, async () => {
      await fleet(isolation);
      test.add({}, { codeFolder: test.folder });
      test.add({}, { codeFolder: test.folder, functionName: "other", runtime: "nodejs24.x", handler: "a.b" });
      expect([payloadOf(await test.invoke()), payloadOf(await test.invoke("other"))]).to.deep.equal([
        ["3", true, "index.handler"],
        ["4", "a.b"],
      ]);
    });
  }

  it("prefers the client in the function's own package", async () => {
    await fleet();
    test.add(within("node_modules/aws-lambda-ric", CLIENT_4));
    expect(payloadOf(await test.invoke())).to.deep.equal(["4", "index.handler"]);
  });

  it("rejects the invocation with the reason if the client is missing or was never built", async () => {
    await fleet();
    const why = async (): Promise<string> =>
      await test.invoke().then(
        () => "answered",
        (error: unknown) => (error as Error).message,
      );
    test.add({ "index.mjs": "" }, { runtime: "nodejs20.x" });
    expect(await why()).to.equal(
      "aws-lambda-ric is neither in the package of probe nor installed for nodejs20.x.",
    );
    test.add(within("node_modules/aws-lambda-ric", { "package.json": "{}", "dist/index.mjs": "" }));
    expect(await why()).to.match(
      /node_modules\/aws-lambda-ric has no rapid-client\.node: it was not built\.$/,
    );
  });
});
