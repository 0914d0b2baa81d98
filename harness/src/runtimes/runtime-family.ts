/**
 * What the catalogue says about one family of Lambda runtimes, as a user of Lambda sees it: names, start, variables, handlers, packages,
 * log. What runs inside of an environment is in engine/clients, what finds and builds with a compiler or an interpreter in
 * adapters/toolchains; both are named here. Facts and their sources: docs/aws/runtimes.md, docs/aws/runtime-logs.md.
 */
import type { RuntimeLog } from "./runtime-log.ts";

export interface RuntimeFamily {
  /** One word, used for folders and in results. */
  readonly name: string;
  /** As people write it. */
  readonly title: string;
  /** How the version text of INIT_START and `platform.initStart` begins: `nodejs` in `nodejs:22.v50`. */
  readonly language: string;
  /** Oldest first. Empty where functions of the family are not run locally and only their logs are read. */
  readonly versions: readonly RuntimeVersion[];
  readonly log: RuntimeLog;
  /** Null: functions of the family are not run locally. */
  readonly local: LocalRuntime | null;
}

export interface RuntimeVersion {
  /** Lambda's name, such as `nodejs22.x`. */
  readonly runtime: string;
  /** What the version text and the interpreter call it: `22`, `3.12`, `al2023`. */
  readonly release: string;
  /**
   * `current`: offered to users. `deprecated`: past its end on AWS; a function that has it is still run, and nothing offers it.
   * Names that Lambda refuses are not listed.
   */
  readonly state: "current" | "deprecated";
}

export interface LocalRuntime {
  /** Folder in engine/clients with what runs inside of an environment. Null: the package brings its own program. */
  readonly client: string | null;
  /** Folders in adapters/toolchains. */
  readonly toolchains: readonly string[];
  /** The interpreter's file on Lambda; one of the version's own release is preferred. Null: the package's own file is the program. */
  readonly interpreter: string | null;
  /** The program and its arguments. */
  readonly commandLine: (start: StartFacts) => readonly string[];
  /** What the family adds to the variables that every function has. */
  readonly variables: (facts: FamilyVariableFacts) => FamilyVariables;
  readonly handler: HandlerForm;
  readonly package: PackageRule;
  /**
   * How a process that has loaded nothing of a user's function waits for one, so that a cold start finds it started: the command line of
   * the parked process. Absent: nothing of this family is parked.
   */
  readonly park?: (start: StartFacts) => readonly string[];
}

/** Paths are as the environment's own process sees them. */
export interface StartFacts {
  readonly version: RuntimeVersion;
  readonly interpreter: string;
  /** What the client's folder says is to be started. */
  readonly clientFile: string;
  readonly taskRoot: string;
  readonly handler: string;
  readonly memorySizeMb: number;
  /** The customer's variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the interpreter that is there takes this flag. */
  readonly knowsFlag: (flag: string) => boolean;
}

export interface FamilyVariableFacts {
  readonly version: RuntimeVersion;
  readonly taskRoot: string;
  readonly runtimeFolder: string;
  /** Folders with the layers' files, as /opt is on Lambda. */
  readonly layers: readonly string[];
}

export interface FamilyVariables {
  /** Set before the customer's variables, which may replace them. */
  readonly changeable: Readonly<Record<string, string>>;
  readonly reserved: Readonly<Record<string, string>>;
}

export interface HandlerForm {
  /** For a package whose user named none. Null: it has to be named. */
  readonly default: string | null;
  /** Of a single source file with this name, without folder and ending. */
  readonly ofSource: (name: string) => string;
  /** Completes "a handler such as". */
  readonly example: string;
  /** Null: not a form that the family takes. */
  readonly cut: (handler: string) => HandlerParts | null;
}

export interface HandlerParts {
  /** Files in the package that Lambda looks for, in its order. */
  readonly files: readonly string[];
  /** The same in words. */
  readonly filesInWords: string;
  /** What the file has to offer, with what is looked for inside it. Empty: nothing. */
  readonly path: readonly string[];
}

export interface PackageRule {
  /** Endings of a single file that is built into a package. */
  readonly sourceEndings: readonly string[];
  /** Of a file inside of a package that could hold a handler. */
  readonly moduleFile: RegExp;
  /** Whether a folder or an archive with these files is of this family, where no file name and no user says so. */
  readonly owns: (files: readonly string[]) => boolean;
}
