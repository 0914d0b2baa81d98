/**
 * Whether an error means that AWS no longer knows who is asking: keys that expired, a sign-in that ran out. Nothing that
 * was asked for then was done, and nothing will be until somebody signs in.
 */
const NAMES: ReadonlySet<string> = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "ExpiredTokenException",
  "ExpiredToken",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
]);

export const SIGN_IN_HINT =
  "Sign in to AWS first: aws sso login, new keys in the environment, or AWS_PROFILE.";

/** Looks at the error and at what caused it. */
export function isSignedOut(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1)
    if (NAMES.has(one.name)) return true;
  return false;
}
