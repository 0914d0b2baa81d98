import { CLIENTS, runtimeClientSuite } from "./runtime-client-suite.ts";

for (const [runtime, major] of CLIENTS) {
  describe(`conformance: our runtime client and aws-lambda-ric ${major} for ${runtime}`, () => {
    runtimeClientSuite(
      runtime,
      () => process.env,
      (test, what) => {
        // Compiling aws-lambda-ric takes minutes, so only the nightly run builds it.
        process.stdout.write(`      skipped: ${what}\n`);
        test.skip();
      },
    );
  });
}
