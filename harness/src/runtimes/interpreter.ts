/** A program on this machine that functions of a runtime run on. */
export interface Interpreter {
  readonly file: string;
  /** Without a leading `v`, such as `20.19.0`, `3.12.4` or `21.0.2`. */
  readonly version: string;
  /**
   * The folder with everything that the program needs, the program at its usual place inside of it (`bin/python3.12`). An environment with
   * mounts of its own sees it as /var/lang. Null: the program is one file that needs nothing beside it.
   */
  readonly home: string | null;
}
