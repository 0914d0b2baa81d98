/** A program on this machine that runs the functions of a runtime. */
export interface Interpreter {
  readonly file: string;
  /** Without a leading `v`, such as `20.19.0`, `3.12.4` or `21.0.2`. */
  readonly version: string;
  /**
   * The folder with everything that the program needs, for example with `bin/python3.12`. With isolation `namespaces`, an environment sees
   * this folder as /var/lang. Null if the program is one file.
   */
  readonly home: string | null;
}
