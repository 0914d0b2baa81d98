/**
 * Recognises errors which mean that AWS does not accept the credentials. A request with such an error had no effect, and no request will
 * succeed until the user signs in again.
 */
const NO_CREDENTIALS: ReadonlySet<string> = new Set(["CredentialsProviderError", "TokenProviderError"]);
const REFUSED: ReadonlySet<string> = new Set([
  "ExpiredTokenException",
  "ExpiredToken",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
]);

export const SIGN_IN_HINT =
  "Sign in to AWS first: aws sso login, new keys in the environment, or AWS_PROFILE.";

/** `no-credentials`: the client found no credentials, or could not fetch them. */
export type SignedOut = "refused" | "no-credentials";

export const isSignedOut = (error: unknown): boolean => signedOut(error) !== null;

export function signedOut(error: unknown): SignedOut | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1)
    if (REFUSED.has(one.name)) return "refused";
    else if (NO_CREDENTIALS.has(one.name)) return "no-credentials";
  return null;
}
