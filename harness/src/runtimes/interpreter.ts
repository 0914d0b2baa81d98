/** A program on this machine that functions of a runtime run on. */
export interface Interpreter {
  readonly file: string;
  /** The version without a leading `v`, such as `20.19.0`, `3.12.4` or `21.0.2`. */
  readonly version: string;
  /**
   * The folder with everything that the program needs. The program is at its usual path inside it (`bin/python3.12`). An environment with
   * mounts of its own sees this folder as /var/lang. Null if the program is one file that needs no other files.
   */
  readonly home: string | null;
}
