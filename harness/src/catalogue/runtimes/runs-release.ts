/** Whether an interpreter's version, such as `v22.19.0` or `3.12.4`, begins with the release of a runtime. */
export function runsRelease(version: string, release: string): boolean {
  const found = version.replace(/^v/, "");
  return found === release || found.startsWith(`${release}.`);
}
