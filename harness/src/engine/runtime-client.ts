/** The program that calls the Runtime API for a function. The program is in a folder of its own. */
export interface RuntimeClient {
  /** The value of LAMBDA_RUNTIME_DIR. */
  readonly folder: string;
  /** The file that the interpreter runs, relative to the folder. For Java: a class path, with absolute paths or paths in the folder. */
  readonly file: string;
  /** The path, as the process sees it, of an archive of the client's classes. Absent if there is none. */
  readonly archive?: string;
}
