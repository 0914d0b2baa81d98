/** The user's command that starts a runtime client (`--launcher`), for families whose client only the user can start. */
export interface Launcher {
  readonly command: string;
  /**
   * The user's PATH. In the function's PATH, the folders of the user's PATH come after Lambda's folders, so that the command finds the
   * programs that it needs.
   */
  readonly searchPath: string;
}

/** Returns null if the user gave no command. */
export function launcherOf(
  command: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): Launcher | null {
  return command === null ? null : { command, searchPath: environment["PATH"] ?? "" };
}
