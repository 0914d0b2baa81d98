/** AWS's runtime client of a family, installed on this machine. */
export interface InstalledClient {
  readonly folder: string;
  /** The client's jars in the order of the class path. Empty for other languages than Java. */
  readonly jars: readonly string[];
  /** An AppCDS archive, which has the client's classes in loaded form for one installation of Java. */
  readonly archive: string | null;
}
