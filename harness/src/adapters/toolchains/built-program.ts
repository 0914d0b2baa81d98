/** What a compiler made of a source folder: the program that goes into a package as `bootstrap`. */
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";

export type BuiltProgram =
  | { readonly ok: true; readonly file: string }
  /** Completes "expected …". */
  | { readonly ok: false; readonly expected: string };

export interface Build {
  readonly folder: string;
  /** Takes what is built, or the caches of the compiler go their own way. */
  readonly outputFolder: string;
  /** The program to build, if the folder has several. */
  readonly binary: string | null;
  readonly environment: EnvironmentVariables;
}
