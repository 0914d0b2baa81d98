/**
 * Whether an interpreter of this version, such as `v22.19.0`, `3.12.4` or `21`, belongs to this release of a runtime. It does if the leading
 * parts are equal.
 */
export function runsRelease(version: string, release: string): boolean {
  const found = version.replace(/^v/, "");
  return found === release || found.startsWith(`${release}.`);
}
