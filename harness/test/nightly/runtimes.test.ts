/**
 * Installs the real Node of each current runtime and AWS's own runtime client from npm, as `longrun doctor` does, and runs functions with
 * them. The tests need a registry and, for the client, a compiler, and take minutes.
 */
import { expect } from "chai";
import { installRic, ricPackageOf, ricPackages } from "../../src/adapters/toolchains/node/ric-packages.ts";
import { interpreterOf } from "../../src/adapters/toolchains/interpreters.ts";
import { installRuntime } from "../../src/adapters/toolchains/node/runtime-nodes.ts";
import { NODE_VERSIONS, type NodeVersion } from "../../src/catalogue/runtimes/node.ts";
import { payloadOf, testFleet, type TestFleet } from "../engine/support/test-fleet.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const HANDLER = {
  "index.mjs":
    "console.log('init'); export const handler = async () => [process.version.split('.')[0], process.argv[1].split('/').at(-1)];",
};

describe("what longrun doctor installs", () => {
  const cache = temporaryFolder();
  let test: TestFleet | null = null;
  const environment = (): Record<string, string | undefined> => ({
    ...process.env,
    XDG_CACHE_HOME: cache.path(),
  });
  afterEach(async () => {
    await test?.close();
    test = null;
  });

  for (const { runtime, release, state, clientMajor } of NODE_VERSIONS as readonly NodeVersion[]) {
    if (state !== "current") continue;
    it(`includes Node ${release} for ${runtime}, and AWS's runtime client for it`, async () => {
      await installRuntime(runtime, environment());
      test = await testFleet({ isolation: "auto", interpreterOf: interpreterOf(environment()) });
      test.add(HANDLER, { runtime });
      expect(payloadOf(await test.invoke())).to.deep.equal([`v${release}`, "index.cjs"]);
      await test.close();

      await installRic(runtime, environment());
      expect(ricPackages(environment()).find((one) => one.runtime === runtime)?.version).to.match(
        new RegExp(`^${clientMajor}\\.`),
      );
      test = await testFleet({
        isolation: "auto",
        interpreterOf: interpreterOf(environment()),
        ricPackageOf: ricPackageOf(environment()),
      });
      test.add(HANDLER, { runtime });
      expect(payloadOf(await test.invoke())).to.deep.equal([`v${release}`, "bootstrap.mjs"]);
      // Before the first invocation there is no request id. Version 3 of the client writes "undefined" in its place, later versions a dash.
      const before = clientMajor === 3 ? "undefined" : "-";
      expect(test.logs.messages()[1]).to.match(new RegExp(`^[^\\t]+\\t${before}\\tINFO\\tinit\\n$`));
    });
  }
});
