/**
 * Installs the real Node of each runtime and AWS's own runtime client from npm with `longrun doctor`, and runs functions with them. The
 * tests need a registry and, for the client, a compiler, and take minutes.
 */
import { expect } from "chai";
import { installRic, ricPackageOf, ricPackages } from "../../src/adapters/toolchains/node/ric-packages.ts";
import { interpreterOf } from "../../src/adapters/toolchains/interpreters.ts";
import { installRuntime } from "../../src/adapters/toolchains/node/runtime-nodes.ts";
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

  for (const [runtime, major, client, before] of [
    ["nodejs22.x", 22, /^3\./, "undefined"],
    ["nodejs24.x", 24, /^4\./, "-"],
  ] as const) {
    it(`includes Node ${major} for ${runtime}, and AWS's runtime client for it`, async () => {
      await installRuntime(runtime, environment());
      test = await testFleet({ isolation: "auto", interpreterOf: interpreterOf(environment()) });
      test.add(HANDLER, { runtime });
      expect(payloadOf(await test.invoke())).to.deep.equal([`v${major}`, "index.cjs"]);
      await test.close();

      await installRic(runtime, environment());
      expect(ricPackages(environment()).find((one) => one.runtime === runtime)?.version).to.match(client);
      test = await testFleet({
        isolation: "auto",
        interpreterOf: interpreterOf(environment()),
        ricPackageOf: ricPackageOf(environment()),
      });
      test.add(HANDLER, { runtime });
      expect(payloadOf(await test.invoke())).to.deep.equal([`v${major}`, "bootstrap.mjs"]);
      expect(test.logs.messages()[1]).to.match(new RegExp(`^[^\\t]+\\t${before}\\tINFO\\tinit\\n$`));
    });
  }
});
