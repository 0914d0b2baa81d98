/** AWS's runtime client of a family, installed on this machine. */
export interface InstalledClient {
  readonly folder: string;
  /** The jars of a client for Java, in the order of the class path. Empty for other clients. */
  readonly jars: readonly string[];
  /** An AppCDS archive: a file with the client's classes in loaded form, for one installation of Java. Null if there is none. */
  readonly archive: string | null;
  /** A jar, for one installation of Java, that has the class in which a process waits for its cold start. Null if there is none. */
  readonly parkedJar: string | null;
}
