/**
 * One client's connection, from TCP accept to the last byte. Memory is bounded: a line has a maximum length, reading stops while the inbox
 * is full, and no reply is written while the client does not read.
 */
import type { Socket } from "node:net";
import type { PeerFrame } from "../../../functions/src/contract.ts";
import type { ClientEnding, PeerHello } from "../record/peer-log.ts";
import { encodePeerFrame } from "../catalogue/protocols/longrun.ts";
import { isoTime } from "../base/time.ts";
import { setAlarm, type Alarm } from "./alarm.ts";
import type { ConnectionEvents, ConnectionSettings } from "./connection-events.ts";
import { createInbox } from "./inbox.ts";

/** A connection that we ended is destroyed if it has not closed within this time. */
const LINGER_MS = 1_000;

type Timeless<Frame> = Frame extends PeerFrame ? Omit<Frame, "time"> : never;

export class ClientConnection {
  readonly number: number;
  readonly remote: string;
  hello: PeerHello | null = null;
  token: number | null = null;
  readonly #socket: Socket;
  readonly #settings: ConnectionSettings;
  readonly #events: ConnectionEvents<ClientConnection>;
  readonly #inbox = createInbox();
  #phase: "waiting" | "reading-hello" | "served" | "ended" = "waiting";
  #waited = false;
  #replyPending = false;
  #writeBlocked = false;
  #alarm: Alarm | null = null;
  #replyAlarm: Alarm | null = null;

  constructor(
    socket: Socket,
    number: number,
    settings: ConnectionSettings,
    events: ConnectionEvents<ClientConnection>,
  ) {
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
    // A `data` listener makes the socket flow, but a connection that waits in the queue must not be read.
    socket.pause();
  }

  get ended(): boolean {
    return this.#phase === "ended";
  }

  /** Called for a connection that waits in the queue. */
  wait(): void {
    this.#waited = true;
  }

  /** Reads until the client is identified, or until the time for its hello is over. */
  readHello(): void {
    this.#phase = "reading-hello";
    this.#alarm = setAlarm(this.#settings.clock, this.#settings.helloWaitMs, () => this.#announce());
    this.#socket.resume();
  }

  serve(): void {
    this.#phase = "served";
    this.#alarm?.cancel();
    // A client of another protocol that has already sent a request receives only the reply.
    if (this.#inbox.speaks !== "raw") this.#send({ type: "welcome", connection: this.number });
    this.#restartIdle();
    this.#work();
  }

  /** Only clients that speak our frames receive the reason: another client would take the frame for a reply. */
  dismiss(reason: "busy" | "evicted" | null): void {
    if (this.#phase === "ended") return;
    if (reason !== null && this.#inbox.speaks === "longrun") this.#send({ type: reason });
    this.#end();
  }

  reset(): void {
    this.#phase = "ended";
    this.#cancelAlarms();
    // While our FIN is still being sent, `resetAndDestroy` would make Node forget the socket and never close it.
    if (this.#socket.writableEnded) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  destroy(): void {
    this.#phase = "ended";
    this.#cancelAlarms();
    this.#socket.destroy();
  }

  get awaitsNoReply(): boolean {
    return this.#phase === "served" && !this.#replyPending && this.#inbox.empty;
  }

  #receive(chunk: Buffer): void {
    if (this.#phase === "ended") return;
    if (this.#phase === "served") this.#restartIdle();
    this.#inbox.receive(chunk);
    if (this.#inbox.full) this.#socket.pause();
    if (this.#phase === "reading-hello" && this.hello === null) this.#readFirstMessage();
    else this.#work();
  }

  #readFirstMessage(): void {
    const message = this.#inbox.peek();
    if (message === null) return;
    if (message.says === "hello") {
      this.#inbox.take();
      this.hello = message.hello;
      this.token = message.token;
    }
    this.#announce();
  }

  /**
   * If there is no hello, or if the connection waited in the queue, everything that the kernel holds is read first. The kernel may hold a
   * hello that is late only because this process was busy, or the FIN of a client that gave up.
   */
  #announce(): void {
    this.#alarm?.cancel();
    const announce = (): void => {
      if (this.#phase === "reading-hello") this.#events.identified(this);
    };
    const certain = this.hello !== null && !this.#waited;
    if (certain) announce();
    else afterUnread(announce);
  }

  #work(): void {
    while (this.#phase === "served" && !this.#replyPending && !this.#writeBlocked) {
      const message = this.#inbox.take();
      if (message === null) break;
      if (message.says === "request") this.#request(message.id);
      else if (message.says === "hello" && this.hello === null) this.hello = message.hello;
      else if (message.says !== "bye")
        this.#send({ type: "error", text: "not a frame that is expected here" });
    }
    if (this.#phase === "served" && !this.#inbox.full) this.#socket.resume();
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
      if (this.awaitsNoReply) this.#events.idle(this);
      else if (this.#phase === "served") this.#restartIdle();
    });
  }

  #clientLeft(how: ClientEnding): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#events.ended(this, how);
    if (how === "closed") this.#end();
  }

  /** Sends our FIN. Data that still arrives is read and discarded. */
  #end(): void {
    this.#phase = "ended";
    this.#cancelAlarms();
    this.#inbox.clear();
    this.#socket.end();
    this.#socket.resume();
    this.#alarm = setAlarm(this.#settings.clock, LINGER_MS, () => this.#socket.destroy());
  }

  #cancelAlarms(): void {
    this.#alarm?.cancel();
    this.#replyAlarm?.cancel();
  }
}

/** Runs the action after all data that the kernel holds has been read. Node reports end-of-file one round of the event loop after data. */
function afterUnread(action: () => void): void {
  setImmediate(() => setImmediate(() => setImmediate(action)));
}
