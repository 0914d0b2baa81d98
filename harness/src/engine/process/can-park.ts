/**
 * Decides whether a shell can wait in place of a function's runtime. Extensions start before the runtime, and variables `LD_…` would change the
 * shell itself. Pure.
 */
export function canPark(variables: Readonly<Record<string, string>>, extensions: readonly string[]): boolean {
  return extensions.length === 0 && !Object.keys(variables).some((name) => name.startsWith("LD_"));
}
