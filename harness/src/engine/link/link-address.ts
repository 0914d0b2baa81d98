/**
 * Finds the address to which a function's link leads: the address in the engine's setting, else the address in the function's own
 * variables. Returns null if there is nothing to relay. Pure.
 */
import type { LinkOptions } from "./link-options.ts";

export function linkUpstream(
  options: LinkOptions | null,
  variables: Readonly<Record<string, string>>,
): { readonly host: string; readonly port: number } | null {
  if (options === null) return null;
  if (options.upstream !== null) return options.upstream;
  const host = variables[options.hostVariable];
  const port = variables[options.portVariable];
  if (host === undefined || host === "" || port === undefined || !/^\d{1,5}$/.test(port)) return null;
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? { host, port: number } : null;
}
