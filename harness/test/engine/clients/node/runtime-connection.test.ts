import { expect } from "chai";
import { execPath } from "node:process";
import { dirname } from "node:path";
import { runClientCase } from "../../../conformance/runtime-client/client-run.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { CUSTOM } from "../../support/custom-runtime.ts";
import { bootstrapFile, payloadOf, testFleet } from "../../support/test-fleet.ts";

/**
 * A custom runtime that answers each event with the number of requests that the runtime has made. Its header `longrun-then-next` asks for
 * the next event in the same request as the answer, so that no separate request is needed.
 */
const ASKS_ONCE = `#!${execPath}
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
(async () => {
  let requests = 1;
  let next = await fetch(api + "next");
  for (;;) {
    const { fail } = await next.json();
    const url = api + next.headers.get("lambda-runtime-aws-request-id") + (fail ? "/error" : "/response");
    requests += 1;
    next = await fetch(url, { method: "POST", headers: { "longrun-then-next": "1" }, body: JSON.stringify({ requests }) });
  }
})();
`;

describe("an answer that asks for the next event", () => {
  const folder = temporaryFolder();

  it("is followed by a separate request for the next event if the Runtime API only confirms the answer", async () => {
    const { asked } = await runClientCase({
      client: { folder: dirname(bootstrapFile()), file: "bootstrap.cjs" },
      nodeFile: execPath,
      runtime: "nodejs22.x",
      folder: folder.path(),
      tried: {
        title: "an answer, then an error",
        files: {
          "index.mjs": "export const handler = async ({ n }) => { if (n === 2) throw new Error('no'); };",
        },
        events: [{ event: { n: 1 } }, { event: { n: 2 } }],
      },
    });
    const call = ({ call: text }: { readonly call: string }): string => text.replace(/[0-9a-f-]{36}/, "ID");
    expect(asked.map(call)).to.deep.equal([
      "GET /invocation/next",
      "POST /invocation/ID/response",
      "GET /invocation/next",
      "POST /invocation/ID/error",
      "GET /invocation/next",
    ]);
  });

  it("is confirmed with the next event, and so is an error that asks for the next event", async () => {
    const test = await testFleet();
    test.add({ bootstrap: ASKS_ONCE }, CUSTOM);
    const answers = [];
    for (const fail of [false, true, false]) answers.push(payloadOf(await test.invoke("probe", { fail })));
    expect(answers).to.deep.equal([{ requests: 2 }, { requests: 3 }, { requests: 4 }]);
    expect(test.fleet.environments()).to.have.lengthOf(1);
    await test.close();
  });
});
