/** Builds AWS's runtime client for each runtime into this user's cache if it is not there, and compares our client with AWS's. */
import { installRic, ricPackageOf } from "../../src/adapters/toolchains/node/ric-packages.ts";
import { installRuntime, nodeFor } from "../../src/adapters/toolchains/node/runtime-nodes.ts";
import { CLIENTS, runtimeClientSuite } from "../conformance/runtime-client/runtime-client-suite.ts";

for (const [runtime, major] of CLIENTS) {
  describe(`conformance: our runtime client and aws-lambda-ric ${major} for ${runtime}, built here`, () => {
    before(async () => {
      if (nodeFor(runtime, process.env).file === process.execPath) await installRuntime(runtime, process.env);
      if (ricPackageOf(process.env)(runtime) === null) await installRic(runtime, process.env);
    });
    runtimeClientSuite(
      runtime,
      () => process.env,
      (_test, what) => {
        throw new Error(what);
      },
    );
  });
}
