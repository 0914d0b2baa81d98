import type { IsolationKind } from "../words/isolation.ts";

export interface LocalFacts {
  /** Such as v22.1.0. */
  readonly nodeVersion: string;
  readonly system: string;
  readonly architecture: string;
  readonly isolation: {
    readonly kind: IsolationKind;
    readonly setpriv: boolean;
    readonly reason: string | null;
  };
  readonly runtimes: readonly RuntimeFacts[];
  readonly compilers: readonly {
    readonly command: string;
    /** For example `Go packages`. */
    readonly builds: string;
    readonly there: boolean;
    /** A command or a page. */
    readonly install: string;
  }[];
  readonly ports: readonly {
    readonly port: number;
    readonly usedBy: string;
    readonly free: boolean;
    readonly why: string | null;
  }[];
  /** `problem` is null if files can be written into the folder. */
  readonly temporaryFolder: { readonly path: string; readonly problem: string | null };
  readonly built: boolean;
  readonly awsCli: string | null;
}

export interface RuntimeFacts {
  readonly runtime: string;
  readonly title: string;
  readonly release: string;
  /** False if AWS has ended its support. */
  readonly current: boolean;
  /** The recommended runtime of the language. */
  readonly preferred: string;
  readonly program:
    | { readonly kind: "bootstrap" }
    /** The user gives the command that starts the client. `example` is such a command. */
    | { readonly kind: "launcher"; readonly example: string }
    | InterpreterFacts;
}

export interface InterpreterFacts {
  readonly kind: "interpreter";
  /** Null if this machine has no interpreter of the language. */
  readonly version: string | null;
  /** Whether the interpreter has the release of the runtime. */
  readonly own: boolean;
  readonly installCommand: string;
  readonly client: ClientFacts;
}

/** The program between the interpreter and the function. */
export type ClientFacts =
  /** Longrun's own client is the usual one. `built` is the version of AWS's client for Node; null if it is not built. */
  | { readonly kind: "built-on-request"; readonly built: string | null }
  | {
      readonly kind: "installed";
      /** The folder of an archive of classes. The archive is not used, because environments with namespaces cannot see it. */
      readonly hiddenArchive?: string;
    }
  | {
      readonly kind: "missing";
      /** Functions can run on longrun's own client instead. */
      readonly replaceable: boolean;
      /** The missing program that downloads AWS's client. Null if none is missing. */
      readonly downloader: { readonly title: string; readonly install: string } | null;
    };
