/**
 * What the catalogue says about one family of Lambda runtimes: names, command line, variables, handlers, packages, log. The code that runs
 * inside an environment is in engine/clients; the code that finds compilers and interpreters and builds with them is in
 * adapters/toolchains. The catalogue names the folders of both. Facts and their sources: docs/aws/runtimes.md, docs/aws/runtime-logs.md.
 */
import type { RuntimeLog } from "./runtime-log.ts";

export interface RuntimeFamily {
  /** One word, used in folder names and in results. */
  readonly name: string;
  /** The name as people write it. */
  readonly title: string;
  /** The beginning of the version text in INIT_START and `platform.initStart`: `nodejs` in `nodejs:22.v50`. */
  readonly language: string;
  /** Oldest first. Empty if the engine does not run functions of the family and only reads their logs. */
  readonly versions: readonly RuntimeVersion[];
  readonly log: RuntimeLog;
  /** Null if the engine does not run functions of the family. */
  readonly local: LocalRuntime | null;
}

export interface RuntimeVersion {
  /** Lambda's name, such as `nodejs22.x`. */
  readonly runtime: string;
  /** The release in the version text and in the interpreter's own version: `22`, `3.12`, `al2023`. */
  readonly release: string;
  /**
   * `current`: offered to users. `deprecated`: AWS has ended its support, so it is no longer offered, but functions that use it still run.
   * Runtimes that Lambda refuses are not listed.
   */
  readonly state: "current" | "deprecated";
}

export interface LocalRuntime {
  /** The folder in engine/clients with the code that runs inside an environment. Null if the package contains its own program. */
  readonly client: string | null;
  /** The runtime of code for which the user named none, if nothing on this machine decides. */
  readonly preferred: string;
  /** The folders in adapters/toolchains. */
  readonly toolchains: readonly string[];
  /**
   * The path of the interpreter on Lambda; an interpreter of the version's own release is preferred. Null if the package or a layer
   * contains the program (`package.program`).
   */
  readonly interpreter: ((version: RuntimeVersion) => string) | null;
  /** The command that installs an interpreter of a release. It completes the sentence "… installs it". */
  readonly installCommand: (release: string) => string;
  /** Whether the family starts its program through the wrapper that AWS_LAMBDA_EXEC_WRAPPER names. */
  readonly wrapper: boolean;
  /** The program and its arguments. */
  readonly commandLine: (start: StartFacts) => readonly string[];
  /** What the family adds to the variables that every function has. */
  readonly variables: (facts: FamilyVariableFacts) => FamilyVariables;
  readonly handler: HandlerForm;
  readonly package: PackageRule;
  /**
   * The command line of a parked process: it is started ahead of need, with none of the user's code, and waits until a cold start takes it.
   * Absent if this family has no parked processes.
   */
  readonly park?: (start: StartFacts) => readonly string[];
}

/** Paths are as the environment's own process sees them. */
export interface StartFacts {
  readonly version: RuntimeVersion;
  /** Or the package's own program, where the family has no interpreter. */
  readonly interpreter: string;
  /** The file that the client's folder names as its entry point. */
  readonly clientFile: string;
  readonly taskRoot: string;
  /** The folders with the files of the layers, if they are not in /opt. */
  readonly layers: readonly string[];
  readonly handler: string;
  readonly memorySizeMb: number;
  /** The customer's variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the installed interpreter accepts this flag. */
  readonly knowsFlag: (flag: string) => boolean;
}

export interface FamilyVariableFacts {
  readonly version: RuntimeVersion;
  readonly taskRoot: string;
  readonly runtimeFolder: string;
  /** The folders with the files of the layers, like /opt on Lambda. */
  readonly layers: readonly string[];
}

export interface FamilyVariables {
  /** Set before the customer's variables, which may replace them. */
  readonly changeable: Readonly<Record<string, string>>;
  readonly reserved: Readonly<Record<string, string>>;
}

export interface HandlerForm {
  /** The handler of a package with these files, if the user named none. Null if the user must name one. */
  readonly ofPackage: (files: readonly string[]) => string | null;
  /** The handler of a single source file with this name, given without folder and ending. */
  readonly ofSource: (name: string) => string;
  /** The names that a module is searched for if the user named no handler, in this order; absent if the text of a module is not read. */
  readonly names?: readonly string[];
  /** Completes "a handler such as". */
  readonly example: string;
  /** Returns null if the handler does not have the form of this family. */
  readonly cut: (handler: string) => HandlerParts | null;
}

export interface HandlerParts {
  /** Files in the package that Lambda looks for, in its order. */
  readonly files: readonly string[];
  /** The same in words. */
  readonly filesInWords: string;
  /** The export that the file must have, then the members to look up inside it. Empty if it needs no export. */
  readonly path: readonly string[];
}

export interface PackageRule {
  /** Endings of a single source file that can be built into a package. */
  readonly sourceEndings: readonly string[];
  /** Matches a file inside a package that could contain a handler. */
  readonly moduleFile: RegExp;
  /** Matches a file inside a package that may contain modules which are not looked at. */
  readonly containers?: RegExp;
  /** Whether a folder or an archive with these files belongs to this family. Asked only if neither a file name nor the user says so. */
  readonly owns: (files: readonly string[]) => boolean;
  /** Name of the program that a package or a layer brings; null where the family has an interpreter. */
  readonly program: string | null;
}
