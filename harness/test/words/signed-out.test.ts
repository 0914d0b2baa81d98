import { expect } from "chai";
import { failedInvocation } from "../../src/adapters/aws/failed-invocation.ts";
import { unavailable } from "../../src/adapters/aws/service-connection.ts";
import { isSignedOut } from "../../src/words/signed-out.ts";

const named = (name: string, status?: number): Error =>
  Object.assign(new Error("as AWS said it"), {
    name,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
  });

describe("isSignedOut", () => {
  for (const [name, how] of [
    ["ExpiredTokenException", "refused"],
    ["ExpiredToken", "refused"],
    ["UnrecognizedClientException", "refused"],
    ["InvalidClientTokenId", "refused"],
    ["CredentialsProviderError", "no-credentials"],
    ["TokenProviderError", "no-credentials"],
  ] as const) {
    it(`is true for the error ${name} of AWS or its client`, () => {
      const error = named(name, 403);
      expect([
        isSignedOut(error),
        isSignedOut(unavailable("It cannot be read", error)),
        failedInvocation(error).signedOut,
        unavailable("x", error).hint?.startsWith("Sign in"),
      ]).to.deep.equal([true, true, how, true]);
    });
  }

  for (const error of [
    named("AccessDeniedException", 403),
    named("TooManyRequestsException", 429),
    named("Error"),
    "a text",
    null,
  ]) {
    it(`is false for ${error instanceof Error ? error.name : String(error)}`, () => {
      expect(isSignedOut(error)).to.equal(false);
    });
  }

  it("agrees with `signedOut` in the result of an invocation that AWS refused", () => {
    const { outcome, signedOut } = failedInvocation(named("ExpiredTokenException", 403));
    expect([outcome.outcome, signedOut]).to.deep.equal(["invocation-error", "refused"]);
    expect(failedInvocation(named("AccessDeniedException", 403)).signedOut).to.equal(undefined);
  });
});
