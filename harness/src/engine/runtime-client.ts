/** The program that calls the Runtime API for a function. The program is in a folder of its own. */
export interface RuntimeClient {
  /** The value of LAMBDA_RUNTIME_DIR. */
  readonly folder: string;
  /** The file in the folder that the interpreter runs. */
  readonly file: string;
}
