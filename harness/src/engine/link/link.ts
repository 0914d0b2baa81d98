/**
 * The link of one environment: a relay between the function and the peer. Only this environment uses the link, so it is certain which
 * environment opened a connection. The link runs in the engine and continues when the environment's processes are killed. So it can end
 * a connection as a micro-VM would: by FIN, by RST or silently (docs/fidelity.md#link-and-silence).
 */
import { createServer, type AddressInfo, type Server } from "node:net";
import { once } from "node:events";
import type { ConnectionEndedBy } from "../../words/connection-outcome.ts";
import type { Ending } from "../../record/plan.ts";
import type { ProtocolName } from "../../catalogue/protocols/all-protocols.ts";
import { settledWithin } from "../settled-within.ts";
import { RelayedConnection } from "./relayed-connection.ts";
import type { LinkRecorder } from "./link-recorder.ts";

export interface LinkIdentity {
  readonly functionName: string;
  readonly environment: string;
  /** The name of the peer. Absent if the function has only one. */
  readonly peer?: string;
}

export interface LinkSettings {
  readonly upstream: { readonly host: string; readonly port: number };
  readonly deadLinkResetMs: number | null;
  readonly protocol: ProtocolName | null;
  readonly recorder: LinkRecorder;
  readonly listen: { readonly host: string; readonly port: number };
}

export class Link {
  readonly #server: Server;
  readonly #connections = new Set<RelayedConnection>();
  #boot = 1;

  private constructor(identity: LinkIdentity, settings: LinkSettings) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const number = settings.recorder.nextConnection();
      const boot = this.#boot;
      const connection: RelayedConnection = new RelayedConnection(socket, {
        upstream: settings.upstream,
        boot,
        deadLinkResetMs: settings.deadLinkResetMs,
        protocol: settings.protocol,
        monotonic: () => settings.recorder.monotonic(),
        now: () => settings.recorder.now(),
        record: (record) => settings.recorder.add({ ...identity, boot, connection: number, ...record }),
      });
      this.#connections.add(connection);
      void connection.closed.then(() => this.#connections.delete(connection));
    });
  }

  static async open(identity: LinkIdentity, settings: LinkSettings): Promise<Link> {
    const link = new Link(identity, settings);
    link.#server.listen(settings.listen.port, settings.listen.host);
    await once(link.#server, "listening");
    return link;
  }

  get address(): { readonly host: string; readonly port: number } {
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  get openConnections(): number {
    return [...this.#connections].filter((connection) => connection.open).length;
  }

  /** Connections that are opened after this call belong to this boot. */
  beginBoot(boot: number): void {
    this.#boot = boot;
  }

  /** To be called before the environment's processes are killed. */
  beginEnding(ending: Ending, by: Exclude<ConnectionEndedBy, "peer">): void {
    for (const connection of this.#connections) connection.beginEnding(ending, by);
  }

  /** Resolves when the peer has closed each connection, at the latest after the time-out. With `silence`, resolves immediately. */
  async finishEnding(ending: Ending, timeoutMs: number): Promise<void> {
    const all = [...this.#connections];
    for (const connection of all) connection.finishEnding();
    if (ending === "silence" || all.length === 0) return;
    await settledWithin(
      timeoutMs,
      all.map((connection) => connection.closed),
    );
  }

  /** Stops accepting connections. Open connections continue. */
  stopListening(): void {
    if (this.#server.listening) this.#server.close();
  }

  /** Resolves when no connection is left. A connection that ended silently counts until its peer-side socket is gone. */
  async drained(): Promise<void> {
    while (this.#connections.size > 0)
      await Promise.all([...this.#connections].map((connection) => connection.closed));
  }

  async close(): Promise<void> {
    this.stopListening();
    const all = [...this.#connections];
    for (const connection of all) connection.destroy();
    await Promise.all(all.map((connection) => connection.closed));
  }
}
