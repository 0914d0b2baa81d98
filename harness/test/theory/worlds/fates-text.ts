/** The fates of all invocations as one text, for comparing and for reading. */
export const fatesText = (fates: ReadonlyMap<string, ReadonlySet<string>>): string =>
  [...fates]
    .map(([invocation, each]) => `${invocation} ${[...each].sort().join(" | ")}`)
    .sort()
    .join("; ");
