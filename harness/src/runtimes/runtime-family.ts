/**
 * What the catalogue says about one family of Lambda runtimes: names, command line, variables, handlers, packages, log. The code that runs
 * inside an environment is in engine/clients. The code that finds compilers and interpreters and builds with them is in adapters/toolchains. The
 * members `client` and `toolchains` name the folders there. docs/aws/runtimes.md and docs/aws/runtime-logs.md have the facts and their sources.
 */
import type { RuntimeLog } from "./runtime-log.ts";

export interface RuntimeFamily {
  /** One word, used in folder names and in results. */
  readonly name: string;
  /** The name as people write it. */
  readonly title: string;
  /** The beginning of the version text in INIT_START and `platform.initStart`: `nodejs` in `nodejs:22.v50`. */
  readonly language: string;
  /** The versions, oldest first. The list is empty if the engine cannot run functions of the family. Then only their logs are read. */
  readonly versions: readonly RuntimeVersion[];
  readonly log: RuntimeLog;
  /** How the engine runs functions of the family. Null if it does not run them. */
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
  /** The runtime that is used if the user named none and nothing on this machine decides. */
  readonly preferred: string;
  /** The folders in adapters/toolchains. */
  readonly toolchains: readonly string[];
  /**
   * The path of the interpreter on Lambda. An interpreter of the version's own release is preferred. Null if the package or a layer contains the
   * program (`package.program`).
   */
  readonly interpreter: ((version: RuntimeVersion) => string) | null;
  /**
   * An example of the command that starts the family's runtime client, if only the user knows such a command (`--launcher`). Null if the engine
   * itself starts a program.
   */
  readonly launcher: string | null;
  /** The command that installs an interpreter of a release. It is the beginning of a sentence that ends in `installs it.` */
  readonly installCommand: (release: string) => string;
  /** Whether the family starts its program through the wrapper that AWS_LAMBDA_EXEC_WRAPPER names. */
  readonly wrapper: boolean;
  /** The program and its arguments. */
  readonly commandLine: (start: StartFacts) => readonly string[];
  /** What the family adds to the variables that every function has. */
  readonly variables: (facts: FamilyVariableFacts) => FamilyVariables;
  readonly handler: HandlerForm;
  readonly package: PackageRule;
  /** How a process of this family waits for its cold start. Absent if it cannot; then a shell waits in place of the program. */
  readonly park?: ParkRule;
}

/**
 * A parked process is started before its environment is needed. It loads the family's client but nothing of the user, and waits for a line on
 * descriptor 4. The line is sent when a cold start uses the process.
 */
export interface ParkRule {
  /** Matches the customer's variables from which the interpreter takes code or settings at its start. With them a shell waits. */
  readonly readsAtStart: RegExp;
  readonly commandLine: (start: StartFacts) => readonly string[];
}

/** The facts from which a process is started. Paths are as the environment's own process sees them. */
export interface StartFacts {
  readonly version: RuntimeVersion;
  /** The path of the interpreter, or of the package's own program if the family has no interpreter. */
  readonly interpreter: string;
  /** The version of the interpreter, which may differ from the runtime's. Empty if the family has no interpreter. */
  readonly interpreterVersion: string;
  /** The file that the client's folder names as its entry point. For Java this is a class path. */
  readonly clientFile: string;
  /** The archive of the client's classes for this Java (AppCDS). Null if there is none. */
  readonly archive: string | null;
  readonly taskRoot: string;
  /** The folders with the files of the layers, if they are not in /opt. */
  readonly layers: readonly string[];
  readonly handler: string;
  readonly memorySizeMb: number;
  /** The command that the user gave with `--launcher`. Empty if the family needs none. */
  readonly launcher: string;
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
  /** Older runtimes also get the credentials under other names. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface FamilyVariables {
  /** These variables are set before the customer's variables, which may replace them. */
  readonly changeable: Readonly<Record<string, string>>;
  readonly reserved: Readonly<Record<string, string>>;
}

interface HandlerForm {
  /** The handler of a package with these files, if the user named none. Null if the user must name one. */
  readonly ofPackage: (files: readonly string[]) => string | null;
  /** The handler of a single source file with this name, given without folder and ending. */
  readonly ofSource: (name: string) => string;
  /** If the user named no handler, a module is searched for these names in this order. Absent if the text of a module is not read. */
  readonly names?: readonly string[];
  /** An example that completes "a handler such as". */
  readonly example: string;
  /** Splits a handler into its parts. Returns null if the handler does not have the form of this family. */
  readonly cut: (handler: string) => HandlerParts | null;
}

export interface HandlerParts {
  /** Files in the package that Lambda looks for, in its order. */
  readonly files: readonly string[];
  /** The same files in words. */
  readonly filesInWords: string;
  /** The export that the file must have, then the members to look up inside it. Empty if it needs no export. */
  readonly path: readonly string[];
}

interface PackageRule {
  /** Endings of a single source file that can be built into a package. */
  readonly sourceEndings: readonly string[];
  /** Matches a file inside a package that could contain a handler. */
  readonly moduleFile: RegExp;
  /** Matches a file inside a package that may contain modules, which are not read. */
  readonly containers?: RegExp;
  /** Whether a folder or an archive with these files belongs to this family. Used only if neither a file name nor the user names the family. */
  readonly owns: (files: readonly string[]) => boolean;
  /** The name of the program that a package or a layer contains. Null if the family has an interpreter. */
  readonly program: string | null;
}
