/** A program that speaks to the Runtime API for a function, in a folder of its own. */
export interface RuntimeClient {
  /** The value of LAMBDA_RUNTIME_DIR. */
  readonly folder: string;
  /** The file in the folder that the interpreter runs. */
  readonly file: string;
}
