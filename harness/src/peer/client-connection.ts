/**
 * One client's connection, from TCP accept to the last byte: hears who it is, answers its requests one after the other,
 * notices its end. Whether it is served, refused or evicted is the server's business (peer.ts).
 *
 * Bounded memory: a bounded line, a bounded inbox (then reading stops), no reply while the client does not read.
 */
import type { Socket } from "node:net";
import type { PeerFrame } from "../../../functions/src/contract.ts";
import type { PeerHello } from "../domain/peer-log.ts";
import type { Clock } from "../ports/clock.ts";
import { isoTime } from "../units/time.ts";
import { setAlarm, type Alarm } from "./alarm.ts";
import type { PeerFault } from "./faults.ts";
import { createLineReader } from "./line-reader.ts";
import { decodeClientLine, encodePeerFrame, type ClientSays } from "./protocol.ts";

const INBOX_LENGTH = 64;
/** How long a connection that we ended may take to close before it is destroyed. */
const LINGER_MS = 1_000;
const OPENING_BRACE = 0x7b;

/** Without the time, which is added as the frame leaves. */
type Timeless<Frame> = Frame extends PeerFrame ? Omit<Frame, "time"> : never;

export interface ConnectionSettings {
  readonly clock: Clock;
  readonly helloWaitMs: number;
  /** Null: a silent holder keeps the place for ever. */
  readonly idleTimeoutMs: number | null;
}

/** What the server wants to know and decides. */
export interface ConnectionEvents {
  /** The client said hello, said something else, or said nothing in time. */
  heard(connection: ClientConnection): void;
  /** A request was read; says when to reply and whether to misbehave. */
  requested(connection: ClientConnection): { readonly delayMs: number; readonly fault: PeerFault | null };
  idle(connection: ClientConnection): void;
  /** FIN or RST was read. The place is free when this returns, before our own FIN. */
  ended(connection: ClientConnection, how: "closed" | "reset"): void;
}

export class ClientConnection {
  readonly number: number;
  readonly remote: string;
  hello: PeerHello | null = null;
  token: number | null = null;
  readonly #socket: Socket;
  readonly #settings: ConnectionSettings;
  readonly #events: ConnectionEvents;
  readonly #lines = createLineReader();
  #phase: "waiting" | "hearing" | "served" | "ended" = "waiting";
  #waited = false;
  /** Frames, or bytes of a machine's own protocol: told by the first byte; null while nothing came. */
  #speaks: "frames" | "bytes" | null = null;
  #inbox: ClientSays[] = [];
  #replyPending = false;
  #writeBlocked = false;
  #alarm: Alarm | null = null;
  #replyAlarm: Alarm | null = null;

  constructor(socket: Socket, number: number, settings: ConnectionSettings, events: ConnectionEvents) {
    this.#socket = socket;
    this.number = number;
    this.remote = `${socket.remoteAddress ?? "?"}:${socket.remotePort ?? "?"}`;
    this.#settings = settings;
    this.#events = events;
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("end", () => this.#clientLeft("closed"));
    socket.on("error", () => this.#clientLeft("reset"));
    socket.on("close", () => {
      this.#clientLeft("reset");
      this.#cancelAlarms();
    });
    socket.on("drain", () => {
      this.#writeBlocked = false;
      this.#work();
    });
    // `data` listeners start the flow; a connection that waits in the queue is not read.
    socket.pause();
  }

  get ended(): boolean {
    return this.#phase === "ended";
  }

  /** From now on this connection has stood in the queue. */
  wait(): void {
    this.#waited = true;
  }

  /** Reads until it is known who the client is, or the hello time is over. */
  hear(): void {
    this.#phase = "hearing";
    this.#alarm = setAlarm(this.#settings.clock, this.#settings.helloWaitMs, () => this.#announce());
    this.#socket.resume();
  }

  /** Gives the client its welcome; from now on its requests are answered. */
  serve(): void {
    this.#phase = "served";
    this.#alarm?.cancel();
    // A client of another protocol that has asked already gets its answer and nothing before it.
    if (this.#speaks !== "bytes") this.#send({ type: "welcome", connection: this.number });
    this.#restartIdle();
    this.#work();
  }

  /** Says why (only to those who speak frames: to others any byte would pass for an answer), then closes. */
  dismiss(reason: "busy" | "evicted" | null): void {
    if (this.#phase === "ended") return;
    if (reason !== null && this.#speaks === "frames") this.#send({ type: reason });
    this.#end();
  }

  reset(): void {
    this.#phase = "ended";
    this.#cancelAlarms();
    this.#socket.resetAndDestroy();
  }

  /** Ends without ceremony: the peer itself is closing. */
  destroy(): void {
    this.#phase = "ended";
    this.#cancelAlarms();
    this.#socket.destroy();
  }

  /** True when nothing is owed to the client. */
  get quiet(): boolean {
    return this.#phase === "served" && !this.#replyPending && this.#inbox.length === 0;
  }

  #receive(chunk: Buffer): void {
    if (this.#phase === "ended") return;
    this.#speaks ??= chunk[0] === OPENING_BRACE ? "frames" : "bytes";
    if (this.#phase === "served") this.#restartIdle();
    if (this.#speaks === "bytes") this.#inbox.push({ says: "request", id: "" });
    else for (const line of this.#lines.read(chunk)) this.#inbox.push(line === null ? { says: "unreadable" } : decodeClientLine(line));
    if (this.#inbox.length >= INBOX_LENGTH) this.#socket.pause();
    if (this.#phase === "hearing" && this.hello === null) this.#hearFirst();
    else this.#work();
  }

  #hearFirst(): void {
    const [said] = this.#inbox;
    if (said === undefined) return;
    if (said.says === "hello") {
      this.#inbox.shift();
      this.hello = said.hello;
      this.token = said.token;
    }
    this.#announce();
  }

  /**
   * Tells the server that the client was heard. What lies unread in the kernel comes first: a hello that was only late
   * because this process was, and the FIN of a client that gave up while it stood in the queue.
   */
  #announce(): void {
    this.#alarm?.cancel();
    const announce = (): void => {
      if (this.#phase === "hearing") this.#events.heard(this);
    };
    const certain = this.hello !== null && !this.#waited;
    if (certain) announce();
    else afterUnread(announce);
  }

  #work(): void {
    while (this.#phase === "served" && !this.#replyPending && !this.#writeBlocked) {
      const said = this.#inbox.shift();
      if (said === undefined) break;
      if (said.says === "request") this.#request(said.id);
      else if (said.says === "hello" && this.hello === null) this.hello = said.hello;
      else if (said.says !== "bye") this.#send({ type: "error", text: "not a frame that is expected here" });
    }
    if (this.#phase === "served" && this.#inbox.length < INBOX_LENGTH) this.#socket.resume();
  }

  #request(id: string): void {
    const { delayMs, fault } = this.#events.requested(this);
    if (this.ended || fault?.fault === "reset" || fault?.fault === "close") return;
    this.#replyPending = true;
    if (fault?.fault === "stall") return;
    if (delayMs === 0) return this.#reply(id);
    this.#replyAlarm = setAlarm(this.#settings.clock, delayMs, () => {
      this.#reply(id);
      this.#work();
    });
  }

  #reply(id: string): void {
    this.#replyPending = false;
    this.#send({ type: "reply", id, payload: { connection: this.number } });
    this.#restartIdle();
  }

  #send(frame: Timeless<PeerFrame>): void {
    const timed = { ...frame, time: isoTime(this.#settings.clock.now()) };
    this.#writeBlocked = !this.#socket.write(encodePeerFrame(timed));
  }

  #restartIdle(): void {
    const { idleTimeoutMs, clock } = this.#settings;
    if (idleTimeoutMs === null) return;
    this.#alarm?.cancel();
    this.#alarm = setAlarm(clock, idleTimeoutMs, () => {
      if (this.quiet) this.#events.idle(this);
      else if (this.#phase === "served") this.#restartIdle();
    });
  }

  #clientLeft(how: "closed" | "reset"): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#events.ended(this, how);
    if (how === "closed") this.#end();
  }

  /** Our FIN, and a bound on how long the rest may take. What still comes is read and thrown away. */
  #end(): void {
    this.#phase = "ended";
    this.#cancelAlarms();
    this.#inbox = [];
    this.#socket.end();
    this.#socket.resume();
    this.#alarm = setAlarm(this.#settings.clock, LINGER_MS, () => this.#socket.destroy());
  }

  #cancelAlarms(): void {
    this.#alarm?.cancel();
    this.#replyAlarm?.cancel();
  }
}

/** After whatever the kernel holds for us has been read: end-of-file is told one round of the event loop after data. */
function afterUnread(action: () => void): void {
  setImmediate(() => setImmediate(() => setImmediate(action)));
}
