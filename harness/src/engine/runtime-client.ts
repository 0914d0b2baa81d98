/** A program that speaks to the Runtime API for a function, laid out in a folder of its own. */
export interface RuntimeClient {
  /** Becomes LAMBDA_RUNTIME_DIR. */
  readonly folder: string;
  /** Inside the folder; the interpreter runs it. */
  readonly file: string;
}
