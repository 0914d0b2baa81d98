/** A program on this machine that runs the functions of a runtime. */
export interface Interpreter {
  readonly file: string;
  /** The version without a leading `v`, such as `20.19.0`, `3.12.4` or `21.0.2`. */
  readonly version: string;
  /**
   * The folder with everything that the program needs. The program is at its usual path inside it (`bin/python3.12`). If environments have separate
   * mounts, this folder is mounted there as /var/lang. Null if the program is one file that needs no other files.
   */
  readonly home: string | null;
}
