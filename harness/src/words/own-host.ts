/**
 * Decides whether the `Host` header of a request names the server itself. A page of another site can send requests to a server on this
 * machine under a name that its owner lets point here (DNS rebinding); such a name is neither loopback nor the server's address. Pure.
 */
const LOOPBACK_NAME = /^(?:localhost|[a-z0-9-]+\.localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;
/** A server that is bound to one of these addresses listens at every address of the machine. */
const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

export function isOwnHost(header: string, boundHost: string): boolean {
  const name = header.replace(/:\d{1,5}$/, "");
  if (isLoopback(name) || name.replace(/^\[|\]$/g, "") === boundHost) return true;
  // Nobody can let an address point elsewhere.
  return EVERY_ADDRESS.has(boundHost) && ADDRESS.test(name);
}

export function isLoopback(host: string): boolean {
  return LOOPBACK_NAME.test(host);
}
