/** What is seen of a machine; how it is looked at is cli/doctor/look-at-machine.ts. */
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
  /** By Lambda's name of the runtime: which node functions would run on. */
  readonly runtimes: readonly {
    readonly runtime: string;
    readonly nodeFile: string | null;
    readonly version: string | null;
  }[];
  /** AWS's runtime client for each runtime; version null: not built. */
  readonly runtimeClients: readonly { readonly runtime: string; readonly version: string | null }[];
  readonly ports: readonly {
    readonly port: number;
    readonly usedBy: string;
    readonly free: boolean;
    readonly why: string | null;
  }[];
  /** Null: it can be written to. */
  readonly temporaryFolder: { readonly path: string; readonly problem: string | null };
  readonly built: boolean;
  readonly awsCli: string | null;
}
