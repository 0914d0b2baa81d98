import { expect } from "chai";
import { failedInvocation } from "../../src/adapters/aws/failed-invocation.ts";
import { unavailable } from "../../src/adapters/aws/service-connection.ts";
import { isSignedOut } from "../../src/domain/signed-out.ts";

const named = (name: string, status?: number): Error =>
  Object.assign(new Error("as AWS said it"), {
    name,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
  });

describe("nobody is signed in", () => {
  for (const [name, how] of [
    ["ExpiredTokenException", "refused"],
    ["ExpiredToken", "refused"],
    ["UnrecognizedClientException", "refused"],
    ["InvalidClientTokenId", "refused"],
    ["CredentialsProviderError", "no-credentials"],
    ["TokenProviderError", "no-credentials"],
  ] as const) {
    it(`if AWS or its client says ${name}`, () => {
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
    it(`is not what ${error instanceof Error ? error.name : String(error)} says`, () => {
      expect(isSignedOut(error)).to.equal(false);
    });
  }

  it("and an invocation that was refused for it never ran", () => {
    const { outcome, signedOut } = failedInvocation(named("ExpiredTokenException", 403));
    expect([outcome.outcome, signedOut]).to.deep.equal(["invocation-error", "refused"]);
    expect(failedInvocation(named("AccessDeniedException", 403)).signedOut).to.equal(undefined);
  });
});
