/** The result of compiling a source folder: the program that is packed as `bootstrap`. */
import type { EnvironmentVariables } from "../../base/environment-variables.ts";

export type BuiltProgram =
  | { readonly ok: true; readonly file: string }
  /** The end of a sentence that begins with "expected". */
  | { readonly ok: false; readonly expected: string };

export interface Build {
  readonly folder: string;
  /** Where the program is written. The compiler keeps its caches elsewhere. */
  readonly outputFolder: string;
  /** The program to build, if the folder has several. */
  readonly binary: string | null;
  readonly environment: EnvironmentVariables;
}
