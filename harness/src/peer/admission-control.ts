/**
 * Manages the peer's places and the queue for them, and writes the peer log. Every connection has exactly one last record: refused, closed,
 * reset, idle-timeout or evicted.
 * A connection takes a free place as soon as TCP has opened, as on a machine that serves the connection that it accepted first. If no place
 * is free, the client's hello also matters: it decides whether the client evicts a holder. (Under `backlog`, no holder is evicted.)
 */
import type { Socket } from "node:net";
import type { Admission } from "../words/admission.ts";
import type { ClientEnding, PeerEnding, PeerEvent, PeerLogRecord } from "../record/peer-log.ts";
import { isoTime } from "../base/time.ts";
import { firstToLeave, onArrival, onHello } from "./admission-rules.ts";
import { ClientConnection } from "./client-connection.ts";
import type { ConnectionEvents, ConnectionSettings } from "./connection-events.ts";
import { faultOn, type ScriptedFault } from "./faults.ts";
import { OrderedLog } from "./ordered-log.ts";

export interface AdmissionControlOptions extends ConnectionSettings {
  readonly admission: Admission;
  readonly capacity: number;
  readonly replyLatencyMs: number;
  readonly faults?: readonly ScriptedFault[];
  readonly log: (record: PeerLogRecord) => void;
}

export class AdmissionControl implements ConnectionEvents<ClientConnection> {
  readonly #options: AdmissionControlOptions;
  readonly #open = new Set<ClientConnection>();
  /** The connections that have a place, in the order in which they got it. */
  readonly #places = new Set<ClientConnection>();
  /**
   * Connections that have a place, but whose clients have not yet said who they are. In the log, a position is reserved for the `accepted`
   * record of each of them. That record has the time at which the connection got its place.
   */
  readonly #unnamed = new Map<ClientConnection, (event: "accepted" | null) => void>();
  /**
   * Connections for which no place was free, in order of arrival, and whether their clients have said who they are. Empty under `backlog`.
   */
  readonly #newcomers = new Map<ClientConnection, boolean>();
  #queue: ClientConnection[] = [];
  readonly #overflow = new WeakSet<ClientConnection>();
  readonly #ordered: OrderedLog;
  #connections = 0;
  #requests = 0;
  #nextReplyDelayMs = 0;
  #closing = false;

  constructor(options: AdmissionControlOptions) {
    this.#options = options;
    this.#ordered = new OrderedLog(options.log);
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
    if (decision === "take-place") this.#givePlace(connection);
    if (decision === "refuse") this.#overflow.add(connection);
    if (decision === "read-hello") this.#newcomers.set(connection, false);
    connection.readHello();
  }

  identified(connection: ClientConnection): void {
    if (this.#overflow.has(connection)) return this.#refuse(connection);
    if (this.#places.has(connection)) this.#accept(connection);
    else this.#newcomers.set(connection, true);
    this.#decideOnNewcomers();
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

  ended(connection: ClientConnection, how: ClientEnding): void {
    this.#leave(connection, how, () => {});
  }

  dropHolder(): boolean {
    const [holder] = this.#places;
    if (holder === undefined) return false;
    this.#nameAccepted(holder);
    this.#leave(holder, "reset", () => holder.reset());
    return true;
  }

  delayNextReply(lengthMs: number): void {
    this.#nextReplyDelayMs = lengthMs;
  }

  expireIdle(): boolean {
    const holder = [...this.#places].find((one) => this.#unnamed.has(one) || one.awaitsNoReply);
    if (holder === undefined) return false;
    this.#nameAccepted(holder);
    this.idle(holder);
    return true;
  }

  refuseUnread(remote: string): void {
    this.#connections += 1;
    this.#record("refused", { connection: this.#connections, remote, hello: null });
  }

  close(): void {
    this.#closing = true;
    this.#queue = [];
    this.#places.clear();
    this.#newcomers.clear();
    for (const connection of this.#open) {
      if (!connection.ended) this.#log("closed", connection);
      connection.destroy();
    }
  }

  #givePlace(connection: ClientConnection): void {
    this.#newcomers.delete(connection);
    this.#places.add(connection);
    const time = isoTime(this.#options.clock.now());
    const write = this.#ordered.reserve();
    this.#unnamed.set(connection, (event) => {
      this.#unnamed.delete(connection);
      write(event === null ? null : { time, event, ...nameOf(connection) });
    });
  }

  #nameAccepted(connection: ClientConnection): void {
    this.#unnamed.get(connection)?.("accepted");
  }

  #accept(connection: ClientConnection): void {
    this.#nameAccepted(connection);
    connection.serve();
  }

  #refuse(connection: ClientConnection): void {
    this.#newcomers.delete(connection);
    this.#log("refused", connection);
    connection.dismiss("busy");
  }

  /**
   * Decides about the clients without a place that have said who they are, or whose time for that is over, in order of arrival. Decides
   * nothing while a holder may still say who it is, for two reasons: its token must be compared first; and it may leave, which frees its place.
   */
  #decideOnNewcomers(): void {
    for (const [newcomer, named] of this.#newcomers) {
      if (this.#unnamed.size > 0) return;
      const holder = firstToLeave(this.#places);
      if (!named || holder === null) continue;
      if (onHello(this.#options.admission, newcomer, holder) === "refuse") {
        this.#refuse(newcomer);
        continue;
      }
      this.#log("evicted", holder);
      this.#places.delete(holder);
      holder.dismiss("evicted");
      this.#givePlace(newcomer);
      this.#accept(newcomer);
    }
  }

  /** The client may see the end of its connection only after the last record is written and its place is free. */
  #leave(connection: ClientConnection, how: Exclude<PeerEnding, "evicted">, finish: () => void): void {
    this.#log(how, connection);
    this.#queue = this.#queue.filter((waiting) => waiting !== connection);
    this.#newcomers.delete(connection);
    this.#places.delete(connection);
    finish();
    if (!this.#full) this.#passPlaceOn();
    this.#decideOnNewcomers();
  }

  #passPlaceOn(): void {
    const queued = this.#queue.shift();
    if (queued !== undefined) {
      this.#givePlace(queued);
      queued.readHello();
      return;
    }
    const [first] = this.#newcomers;
    if (first === undefined) return;
    const [newcomer, named] = first;
    this.#givePlace(newcomer);
    if (named) this.#accept(newcomer);
  }

  get #full(): boolean {
    return this.#places.size >= this.#options.capacity;
  }

  /** If the client leaves before it has said who it is, its `accepted` record is dropped. */
  #log(event: Exclude<PeerEvent, "ready" | "accepted">, connection: ClientConnection): void {
    this.#unnamed.get(connection)?.(null);
    this.#record(event, nameOf(connection));
  }

  #record(event: PeerEvent, name: Name): void {
    this.#ordered.write({ time: isoTime(this.#options.clock.now()), event, ...name });
  }
}

type Name = Pick<PeerLogRecord, "connection" | "remote" | "hello">;

function nameOf({ number, remote, hello }: ClientConnection): Name {
  return { connection: number, remote, hello };
}
