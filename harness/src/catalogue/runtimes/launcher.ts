/** The user's command that starts a runtime client (`--launcher`). */
export interface Launcher {
  readonly command: string;
  /** The user's PATH. In the function's PATH, these folders follow Lambda's folders, so that the command finds the user's programs. */
  readonly searchPath: string;
}

export function launcherOf(
  command: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): Launcher | null {
  return command === null ? null : { command, searchPath: environment["PATH"] ?? "" };
}
