/** The facts about this machine that doctor uses. cli/doctor/look-at-machine.ts collects them. */
import type { IsolationKind } from "../domain/isolation.ts";

export interface LocalFacts {
  /** The value of `process.version`, such as v22.1.0. */
  readonly nodeVersion: string;
  readonly system: string;
  readonly architecture: string;
  readonly isolation: {
    readonly kind: IsolationKind;
    readonly setpriv: boolean;
    readonly reason: string | null;
  };
  /** For each runtime, the Node on which its functions would run. */
  readonly runtimes: readonly {
    readonly runtime: string;
    /** True if AWS has ended its support. Such a Node is not installed by --install-runtimes. */
    readonly deprecated: boolean;
    readonly nodeFile: string | null;
    readonly version: string | null;
  }[];
  /** AWS's runtime client for each runtime; the version is null if it is not built. */
  readonly runtimeClients: readonly { readonly runtime: string; readonly version: string | null }[];
  /** For each runtime of a family other than Node whose interpreter is not in the package, the interpreter on which its functions would run. */
  readonly interpreters: readonly {
    readonly runtime: string;
    /** The name of the language. */
    readonly title: string;
    /** Null if this machine has no such interpreter. */
    readonly version: string | null;
    /** True if its release is the runtime's own. */
    readonly own: boolean;
    /** The program that downloads AWS's client and is not installed. Null if none is needed or it is installed. */
    readonly missingForClient: { readonly title: string; readonly install: string } | null;
    /** True if AWS's client for it is in the cache. */
    readonly client: boolean;
    /** True if longrun has its own client, on which functions run while AWS's client is not installed. */
    readonly ownClient: boolean;
    readonly installCommand: string;
    /** An example of the command that must start the runtime's client. Null if the engine starts the client. */
    readonly launcher: string | null;
  }[];
  /** The commands that build source folders. */
  readonly compilers: readonly {
    readonly command: string;
    readonly there: boolean;
    /** The command or the page that installs it. */
    readonly install: string;
  }[];
  readonly ports: readonly {
    readonly port: number;
    readonly usedBy: string;
    readonly free: boolean;
    readonly why: string | null;
  }[];
  /** The folder for temporary files. `problem` is null if files can be written into it. */
  readonly temporaryFolder: { readonly path: string; readonly problem: string | null };
  readonly built: boolean;
  readonly awsCli: string | null;
}
