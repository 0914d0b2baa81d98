/** The program that calls the Runtime API for a function. The program is in a folder of its own. */
export interface RuntimeClient {
  /** The value of LAMBDA_RUNTIME_DIR. */
  readonly folder: string;
  /** The file in the folder that the interpreter runs. For Java a class path of files in the folder, or of absolute ones. */
  readonly file: string;
  /** An archive of the client's classes, which the process can read under this path. Absent if there is none. */
  readonly archive?: string;
  /** Whether the client can wait, loaded but without anything of the user (`park` of the family). */
  readonly parks?: boolean;
}
