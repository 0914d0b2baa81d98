/** AWS's runtime client of a family, installed on this machine. */
export interface InstalledClient {
  readonly folder: string;
  /** An AppCDS archive: a file with the client's classes in loaded form, for one installation of Java. Null if there is none. */
  readonly archive: string | null;
}
