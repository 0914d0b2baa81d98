/** What doctor knows about this machine. cli/doctor/look-at-machine.ts finds it out. */
import type { IsolationKind } from "../domain/isolation.ts";
export interface LocalFacts {
  /** As `process.version` says it: v22.1.0. */
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
    readonly nodeFile: string | null;
    readonly version: string | null;
  }[];
  /** AWS's runtime client for each runtime; the version is null if it is not built. */
  readonly runtimeClients: readonly { readonly runtime: string; readonly version: string | null }[];
  /** Of the families other than Node: what their functions would run on. */
  readonly interpreters: readonly {
    readonly runtime: string;
    /** The language, as people write it. */
    readonly title: string;
    /** Null: this machine has none. */
    readonly version: string | null;
    /** Whether it is of the runtime's own release. */
    readonly own: boolean;
    /** Whether AWS's client for it is in the cache. */
    readonly client: boolean;
    readonly installCommand: string;
  }[];
  /** What builds source folders. */
  readonly compilers: readonly { readonly command: string; readonly there: boolean }[];
  readonly ports: readonly {
    readonly port: number;
    readonly usedBy: string;
    readonly free: boolean;
    readonly why: string | null;
  }[];
  /** `problem` is null if it can be written to. */
  readonly temporaryFolder: { readonly path: string; readonly problem: string | null };
  readonly built: boolean;
  readonly awsCli: string | null;
}
