/**
 * True if the error came before the request was sent, so that no invocation can have begun. After a reset the request may have
 * arrived, unless the reset came before the (TLS) connection was established.
 */

/**
 * Errors from before the connection is ready for a request: no server listened, the name was not found, or the TLS handshake took too long.
 */
const CONNECTING = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ERR_TLS_HANDSHAKE_TIMEOUT"]);

/** Certificate errors, and TLS versions that do not match (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const HANDSHAKE = new Set([
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_SIGNATURE_FAILURE",
  "CERT_NOT_YET_VALID",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_CHAIN_TOO_LONG",
  "CERT_REVOKED",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "INVALID_CA",
  "HOSTNAME_MISMATCH",
]);

/** Errors without a code of their own: Node's error for a reset during the handshake, and the SDK's error for its connection time-out. */
const BEFORE_SENDING =
  /disconnected before secure TLS connection was established|did not establish a connection with the server within/;

export function neverSent(error: unknown): boolean {
  const { code, syscall, message, errors } = error as {
    readonly code?: unknown;
    readonly syscall?: unknown;
    readonly message?: unknown;
    readonly errors?: readonly unknown[];
  };
  // If a name has several addresses, there is one error for each.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverSent);
  if (syscall === "connect" || syscall === "getaddrinfo") return true;
  if (typeof code === "string" && (CONNECTING.has(code) || HANDSHAKE.has(code))) return true;
  return typeof message === "string" && BEFORE_SENDING.test(message);
}
