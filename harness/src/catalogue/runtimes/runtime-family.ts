/**
 * One family of Lambda runtimes in the catalogue. `client` names a folder in engine/clients, and adapters/toolchains has a folder for each
 * family with an interpreter. Facts and sources: docs/aws/runtimes.md and docs/aws/runtime-logs.md.
 */
import type { RuntimeLog } from "./runtime-log.ts";

export interface RuntimeFamily {
  /** One word, used in folder names and in results. */
  readonly name: string;
  /** The name as people write it. */
  readonly title: string;
  /** The beginning of the version text in INIT_START and `platform.initStart`: `nodejs` in `nodejs:22.v50`. */
  readonly language: string;
  /** Oldest first. Empty if the engine cannot run the family; then only its logs are read. */
  readonly versions: readonly RuntimeVersion[];
  readonly log: RuntimeLog;
  /** Null if the engine does not run functions of the family. */
  readonly local: LocalRuntime | null;
}

export interface RuntimeVersion {
  /** Lambda's name, such as `nodejs22.x`. */
  readonly runtime: string;
  /** The release as it is written in the version text and in the interpreter's own version: `22`, `3.12`, `al2023`. */
  readonly release: string;
  /** `current`: offered to users. `deprecated`: AWS has ended its support, so it is not offered, but existing functions still run. */
  readonly state: "current" | "deprecated";
}

export interface LocalRuntime {
  /** The folder in engine/clients. Null if the package contains its own program, or if `--launcher` starts the client. */
  readonly client: string | null;
  /**
   * When functions run on AWS's client. `always`: longrun has no client of its own. `installed`: if it is installed, otherwise on
   * longrun's client. `asked`: only if the user asks for it. Null if longrun installs no client for the family.
   */
  readonly clientOfAws: "always" | "installed" | "asked" | null;
  /** The runtime that is used if neither the user nor this machine decides. */
  readonly preferred: string;
  /**
   * The path of the interpreter on Lambda. Null if the package or a layer contains the program (`package.program`), or if `--launcher`
   * starts it.
   */
  readonly interpreter: ((version: RuntimeVersion) => string) | null;
  /** An example of a command for `--launcher`, which starts the family's runtime client. Null if the engine itself starts a program. */
  readonly launcher: string | null;
  /** The beginning of a sentence that ends in `installs it.` */
  readonly installCommand: (release: string) => string;
  /** Whether AWS_LAMBDA_EXEC_WRAPPER has an effect on the family. */
  readonly wrapper: boolean;
  readonly commandLine: (start: StartFacts) => readonly string[];
  /** Variables in addition to those that every function has. */
  readonly variables: (facts: FamilyVariableFacts) => FamilyVariables;
  readonly handler: HandlerForm;
  readonly package: PackageRule;
}

/** Paths are as the environment's own process sees them. */
export interface StartFacts {
  readonly version: RuntimeVersion;
  /** The interpreter's path. If the family has none: the program in the package or a layer, or empty if `--launcher` starts the program. */
  readonly interpreter: string;
  /** May differ from the runtime's release. Empty if the family has no interpreter. */
  readonly interpreterVersion: string;
  /** The entry point of the client. For Java this is a class path. */
  readonly clientFile: string;
  /** An AppCDS archive of the client's classes. */
  readonly archive: string | null;
  readonly taskRoot: string;
  /** Folders of layers that are not in /opt. */
  readonly layers: readonly string[];
  readonly handler: string;
  readonly memorySizeMb: number;
  /** The command of `--launcher`. Empty if the family needs none. */
  readonly launcher: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly knowsFlag: (flag: string) => boolean;
}

export interface FamilyVariableFacts {
  readonly version: RuntimeVersion;
  readonly taskRoot: string;
  readonly runtimeFolder: string;
  /** Folders of layers that are not in /opt. */
  readonly layers: readonly string[];
  /** Older runtimes also get the credentials under other names. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface FamilyVariables {
  /** Set before the customer's variables, which may replace them. */
  readonly changeable: Readonly<Record<string, string>>;
  readonly reserved: Readonly<Record<string, string>>;
}

interface HandlerForm {
  /** The handler if the user named none. Null if the user must name one. */
  readonly ofPackage: (files: readonly string[]) => string | null;
  /** The handler of a single source file. `name` has no folder and no ending. */
  readonly ofSource: (name: string) => string;
  /** If the user named no handler, a module is searched for these names in this order. Absent if modules are not read. */
  readonly names?: readonly string[];
  /** Completes "a handler such as". */
  readonly example: string;
  /** Null if the handler does not have the form of this family. */
  readonly cut: (handler: string) => HandlerParts | null;
}

export interface HandlerParts {
  readonly files: readonly string[];
  readonly filesInWords: string;
  /** The export, then the members inside it. Empty if no export is needed. */
  readonly path: readonly string[];
}

interface PackageRule {
  /** Endings of a single source file that can be built into a package. */
  readonly sourceEndings: readonly string[];
  /** Languages whose sources have to be compiled. */
  readonly compiled?: readonly CompiledLanguage[];
  /** A file that names libraries. They are installed when the package is made. */
  readonly requirements?: string;
  /** Matches a file that could contain a handler. */
  readonly moduleFile: RegExp;
  /** Matches a file that may contain modules, such as a jar. It is not opened, so the handler's module could be in it. */
  readonly containers?: RegExp;
  /** Whether a package with these files is of the family. Used only if neither a file name nor the user names the family. */
  readonly owns: (files: readonly string[]) => boolean;
  /** The program that a package or a layer contains. Null if the family has an interpreter or a launcher. */
  readonly program: string | null;
}

export interface CompiledLanguage {
  readonly title: string;
  /** The ending of its source files. */
  readonly ending: string;
  /** Completes "expected": what to give in place of one source file. */
  readonly instead: string;
  /** The compiler that longrun starts for a source folder. Null if users compile themselves. */
  readonly compiler: Compiler | null;
}

export interface Compiler<Command extends string = string> {
  readonly command: Command;
  /** Completes "builds": `Go packages`. */
  readonly builds: string;
  /** Where it is downloaded. */
  readonly install: string;
  /** The file that a source folder must have. */
  readonly file: string;
  /** How that file is made. */
  readonly made: string;
  /** The folder in words. */
  readonly folder: string;
}
