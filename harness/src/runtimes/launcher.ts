/** The user's command that starts a runtime client (`--launcher`). */
export interface Launcher {
  readonly command: string;
  /** The user's PATH. The function's PATH has its folders after Lambda's, so that the command finds its programs. */
  readonly searchPath: string;
}

export function launcherOf(
  command: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): Launcher | null {
  return command === null ? null : { command, searchPath: environment["PATH"] ?? "" };
}
