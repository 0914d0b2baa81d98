/** Whether an interpreter of this version, such as `v22.19.0`, `3.12.4` or `21`, is of a runtime's release: the leading parts are the same. */
export function runsRelease(version: string, release: string): boolean {
  const found = version.replace(/^v/, "");
  return found === release || found.startsWith(`${release}.`);
}
