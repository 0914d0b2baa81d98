/** AWS's runtime client of a family, as it was installed on this machine. */
export interface InstalledClient {
  readonly folder: string;
  /** The file with the client's classes, loaded ahead, for one installation of Java (AppCDS). Null if there is none. */
  readonly archive: string | null;
}
