/** What a function of the library is made of. */
import type { IsolationKind } from "../words/isolation.ts";
import type { LocalUpdater } from "../adapters/aws/local-updater.ts";
import type { Fleet } from "../engine/fleet-contract.ts";
import type { RanOn } from "../catalogue/runtimes/interpreter-notice.ts";
import type { FunctionDriver } from "../run/ports/function-driver.ts";
import type { FunctionChanges } from "../run/ports/function-changes.ts";
import type { LogSource } from "../run/ports/log-source.ts";
import type { OwnPeer } from "./engine-face.ts";
import type { PeerUnderTest } from "./peer-face.ts";

export interface FunctionParts {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The name is null if there is only one peer. */
  readonly peers: ReadonlyMap<string | null, PeerUnderTest | OwnPeer>;
  readonly strangers: readonly string[];
  readonly facts: Awaited<ReturnType<FunctionDriver["look"]>>;
  readonly runtime: string;
  readonly program: RanOn;
  readonly fleet: Fleet;
  readonly isolation: IsolationKind;
  readonly driver: FunctionDriver;
  readonly logs: LogSource;
  readonly updater: LocalUpdater;
  readonly changes: FunctionChanges;
  readonly loadCode: (file: string) => Promise<Uint8Array>;
}
