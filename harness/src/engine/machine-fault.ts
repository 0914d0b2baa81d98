/** The codes of errors that this machine causes, such as a full disk. The operator can mend their cause. */
const MACHINE_FAULTS: ReadonlySet<string> = new Set([
  "ENOSPC",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "EACCES",
  "EROFS",
  "EPERM",
]);

export function isMachineFault(error: unknown): error is Error {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && MACHINE_FAULTS.has(code);
}
