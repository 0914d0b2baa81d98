/**
 * Decides who may call the engine (docs/contracts.md#the-local-engine). The engine runs code, so no web page may reach it: a request with
 * an `Origin` header is refused. Because of DNS rebinding, a request is also refused if its Host is neither loopback nor the address to
 * which the engine is bound. As on AWS, a well-formed SigV4 authorization is required. Unlike on AWS, the signature is not verified.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isOwnHost } from "../../words/own-host.ts";
import { LambdaError, accessDenied } from "../request-validation/lambda-error.ts";

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]{1,256})\/(\d{8})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/aws4_request,\s*SignedHeaders=([a-z0-9;-]{1,4096}),\s*Signature=[0-9a-f]{64}$/;

export interface Scope {
  readonly region: string;
  readonly service: string;
}

export function foreignRequestError(headers: IncomingHttpHeaders, boundHost: string): LambdaError | null {
  if (headers.origin !== undefined) {
    return accessDenied("The local engine refuses requests with an Origin header: no web page may reach it.");
  }
  const host = headers.host ?? "";
  if (isOwnHost(host, boundHost)) return null;
  return accessDenied(
    `The local engine refuses the Host '${host.slice(0, 256)}': it answers only to loopback names and to the address at which it listens.`,
  );
}

/** Returns the credential scope of a request. Throws AWS's error if the authorization is missing or not well-formed. */
export function authorize(headers: IncomingHttpHeaders): Scope {
  const sent = headers.authorization;
  if (sent === undefined)
    throw new LambdaError("MissingAuthenticationTokenException", "Missing Authentication Token");
  const match = sent.length > 8_192 ? null : AUTHORIZATION.exec(sent);
  if (match === null)
    throw new LambdaError(
      "IncompleteSignatureException",
      `Authorization header must be 'AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=..., Signature=...'.`,
    );
  return { region: match[3] ?? "", service: match[4] ?? "" };
}
