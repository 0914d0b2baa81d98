import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { CUSTOM, CUSTOM_RUNTIME } from "../support/custom-runtime.ts";
import { payloadOf, testFleet, writeFiles, type TestFleet } from "../support/test-fleet.ts";

describe("AWS_LAMBDA_EXEC_WRAPPER", () => {
  let test: TestFleet;
  afterEach(() => test.close());
  const HANDLER = { "index.mjs": "export const handler = async () => process.env.WRAPPED ?? null;" };

  for (const isolation of ["none", "auto"] as const) {
    it(`can name a script in a layer, and this script then starts the runtime (isolation ${isolation})`, async () => {
      test = await testFleet({ isolation });
      const layer = join(test.folder, "layer");
      writeFiles(layer, { wrap: '#!/bin/sh\nexport WRAPPED="$#"\nexec "$@"\n' });
      test.add(HANDLER, {
        layerFolders: [layer],
        environment: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrap" },
      });
      expect(Number(payloadOf(await test.invoke()))).to.be.greaterThan(1);
    });
  }

  it("fails the Init with AWS's error message if it names no executable file", async () => {
    test = await testFleet({ isolation: "auto" });
    for (const [name, code, words] of [
      ["missing", 127, "does not exist"],
      ["text", 126, "is not an executable"],
    ] as const) {
      const file = join(test.folder, name);
      if (name === "text") writeFileSync(file, "hello");
      const wrapper = test.fleet.isolation === "none" ? file : `/var/task/${name}`;
      test.add(
        { ...HANDLER, ...(name === "text" ? { text: "hello" } : {}) },
        { functionName: name, environment: { AWS_LAMBDA_EXEC_WRAPPER: wrapper } },
      );
      const { errorMessage } = payloadOf(await test.invoke(name)) as { errorMessage: string };
      expect(errorMessage.replace(/^RequestId: \S+/, "ID")).to.equal(
        `ID Error: Runtime exited with error: exit status ${code}`,
      );
      expect(test.logs.messages()).to.include(`${wrapper}: ${words}\n`);
    }
  });

  it("has no effect on a custom runtime, as on AWS", async () => {
    test = await testFleet();
    test.add(
      { bootstrap: CUSTOM_RUNTIME },
      { ...CUSTOM, environment: { AWS_LAMBDA_EXEC_WRAPPER: "/no/such" } },
    );
    expect(payloadOf(await test.invoke())).to.include({ _HANDLER: "anything" });
  });
});
