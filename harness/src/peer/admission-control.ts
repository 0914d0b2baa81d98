/**
 * Manages the peer's places and the queue before them: carries out what admission.ts decides, and writes the peer log
 * (domain/peer-log.ts). Every connection has exactly one last record: refused, closed, reset, idle-timeout or evicted.
 */
import type { Socket } from "node:net";
import type { Admission } from "../domain/admission.ts";
import type { PeerEvent, PeerLogRecord } from "../domain/peer-log.ts";
import { isoTime } from "../units/time.ts";
import { firstToLeave, onArrival, onHello } from "./admission.ts";
import { ClientConnection } from "./client-connection.ts";
import type { ConnectionEvents, ConnectionSettings } from "./connection-events.ts";
import { faultOn, type ScriptedFault } from "./faults.ts";

export interface AdmissionControlOptions extends ConnectionSettings {
  readonly admission: Admission;
  /** How many connections are served at the same time. */
  readonly capacity: number;
  readonly replyLatencyMs: number;
  readonly faults?: readonly ScriptedFault[];
  readonly log: (record: PeerLogRecord) => void;
}

export class AdmissionControl implements ConnectionEvents<ClientConnection> {
  readonly #options: AdmissionControlOptions;
  readonly #open = new Set<ClientConnection>();
  /** The connections that have a place, in the order in which they got it. Under `backlog` some of them have not sent their hello yet. */
  readonly #places = new Set<ClientConnection>();
  #queue: ClientConnection[] = [];
  readonly #overflow = new WeakSet<ClientConnection>();
  #connections = 0;
  #requests = 0;
  #nextReplyDelayMs = 0;
  #closing = false;

  constructor(options: AdmissionControlOptions) {
    this.#options = options;
  }

  arrive(socket: Socket): void {
    if (this.#closing) {
      socket.destroy();
      return;
    }
    this.#connections += 1;
    const { admission } = this.#options;
    const connection = new ClientConnection(socket, this.#connections, this.#options, this);
    this.#open.add(connection);
    socket.once("close", () => this.#open.delete(connection));
    const decision = onArrival(admission, { placeTaken: this.#full, waiting: this.#queue.length });
    if (decision === "wait") {
      connection.wait();
      this.#queue.push(connection);
      this.#log("queued", connection);
      return;
    }
    if (decision === "take-place") this.#places.add(connection);
    if (decision === "refuse") this.#overflow.add(connection);
    connection.readHello();
  }

  identified(connection: ClientConnection): void {
    if (this.#places.has(connection)) return this.#accept(connection);
    const holder = this.#full ? firstToLeave(this.#places) : null;
    const decision = this.#overflow.has(connection)
      ? "refuse"
      : onHello(this.#options.admission, connection, holder);
    if (decision === "refuse") {
      this.#log("refused", connection);
      connection.dismiss("busy");
      return;
    }
    if (decision === "evict-holder" && holder !== null) {
      this.#log("evicted", holder);
      this.#places.delete(holder);
      holder.dismiss("evicted");
    }
    this.#places.add(connection);
    this.#accept(connection);
  }

  requested(connection: ClientConnection): ReturnType<ConnectionEvents<ClientConnection>["requested"]> {
    this.#log("request", connection);
    this.#requests += 1;
    const fault = faultOn(this.#options.faults ?? [], this.#requests);
    const delayMs =
      this.#options.replyLatencyMs + this.#nextReplyDelayMs + (fault?.fault === "delay" ? fault.delayMs : 0);
    this.#nextReplyDelayMs = 0;
    if (fault?.fault === "reset") this.#leave(connection, "reset", () => connection.reset());
    if (fault?.fault === "close") this.#leave(connection, "closed", () => connection.dismiss(null));
    return { delayMs, fault };
  }

  idle(connection: ClientConnection): void {
    this.#leave(connection, "idle-timeout", () => connection.dismiss(null));
  }

  ended(connection: ClientConnection, how: "closed" | "reset"): void {
    this.#leave(connection, how, () => {});
  }

  dropHolder(): boolean {
    const [holder] = this.#places;
    if (holder === undefined) return false;
    this.#leave(holder, "reset", () => holder.reset());
    return true;
  }

  delayNextReply(lengthMs: number): void {
    this.#nextReplyDelayMs = lengthMs;
  }

  expireIdle(): boolean {
    const holder = [...this.#places].find((one) => one.awaitsNoReply);
    if (holder === undefined) return false;
    this.idle(holder);
    return true;
  }

  refuseUnread(remote: string): void {
    this.#connections += 1;
    this.#record("refused", { number: this.#connections, remote, hello: null });
  }

  close(): void {
    this.#closing = true;
    this.#queue = [];
    this.#places.clear();
    for (const connection of this.#open) {
      if (!connection.ended) this.#log("closed", connection);
      connection.destroy();
    }
  }

  #accept(connection: ClientConnection): void {
    this.#log("accepted", connection);
    connection.serve();
  }

  /** Writes the last record of a connection, then frees its place. Only after that may the client see the end of the connection. */
  #leave(connection: ClientConnection, how: "closed" | "reset" | "idle-timeout", finish: () => void): void {
    this.#log(how, connection);
    this.#queue = this.#queue.filter((waiting) => waiting !== connection);
    this.#places.delete(connection);
    finish();
    const next = this.#full ? undefined : this.#queue.shift();
    if (next === undefined) return;
    this.#places.add(next);
    next.readHello();
  }

  get #full(): boolean {
    return this.#places.size >= this.#options.capacity;
  }

  #log(event: Exclude<PeerEvent, "ready">, connection: ClientConnection): void {
    this.#record(event, connection);
  }

  #record(event: PeerEvent, connection: Pick<ClientConnection, "number" | "remote" | "hello">): void {
    const { number, remote, hello } = connection;
    this.#options.log({ time: isoTime(this.#options.clock.now()), event, connection: number, remote, hello });
  }
}
