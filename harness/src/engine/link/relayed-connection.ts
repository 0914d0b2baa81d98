/**
 * One relayed connection: a socket of the function and a socket to the peer. Each socket may be half-open. Until the environment begins to end, the
 * relay forwards data, FIN and RST in order, and sends no FIN or RST by itself. From then on `seal` decides what is forwarded: with `fin`, a
 * reset that a dying process causes becomes a FIN; with `rst` or `silence`, nothing more is forwarded.
 */
import type { Socket } from "node:net";
import type { ConnectionEndedBy } from "../../words/connection-outcome.ts";
import type { Ending } from "../../record/plan.ts";
import type { LinkLogRecord } from "../../record/link-log.ts";
import type { ProtocolName } from "../../catalogue/protocols/all-protocols.ts";
import type { SeenEnd } from "../../catalogue/protocols/protocol.ts";
import type { EpochMs } from "../../base/time.ts";
import { connectUpstream, type Upstream } from "./connect-upstream.ts";
import { firstAnswer } from "./first-answer.ts";
import { FirstBytes, type BytesRead } from "./first-bytes.ts";
import { Forwarder } from "./forwarder.ts";
import { resetSocket } from "./reset-socket.ts";
import { ShownOutcome } from "./shown-outcome.ts";

export interface RelayedConnectionOptions {
  readonly upstream: { readonly host: string; readonly port: number };
  readonly boot: number;
  readonly record: (
    record: Omit<LinkLogRecord, "time" | "functionName" | "environment" | "boot" | "connection">,
  ) => void;
  /** Milliseconds on a clock that only goes forward. */
  readonly monotonic: () => number;
  readonly now: () => EpochMs;
  /** Milliseconds after a silent end until the peer side is reset. Null: it is never reset. */
  readonly deadLinkResetMs: number | null;
  /** The protocol that the user named. If it is null, the protocol is recognised. */
  readonly protocol: ProtocolName | null;
}

/** An environment that ended silently does not answer the peer's FIN. Our half of the socket stays open for this long after that FIN. */
const UNANSWERED_FIN_MS = 60_000;

/** If the peer has sent something before a reset, the reset is passed on this much later, so that the function can read what was sent. */
const LAST_WORDS_MS = 10;

type Closing = Pick<LinkLogRecord, "by" | "error"> & { ending: NonNullable<LinkLogRecord["ending"]> };

export class RelayedConnection {
  readonly boot: number;
  /** Resolves when the peer-side socket is gone. */
  readonly closed: Promise<void>;
  readonly #options: RelayedConnectionOptions;
  readonly #downstream: Socket;
  readonly #connecting: Upstream;
  readonly #upstream: Socket;
  readonly #forwarder: Forwarder;
  readonly #firstBytes: FirstBytes;
  #local: string | null = null;
  #connected = false;
  #connectedAt = 0;
  #answered = false;
  readonly #outcome = new ShownOutcome(
    () => this.#readBytes(null),
    (members) => this.#record("recognised", { error: null, ...members }),
  );
  #seal: Ending | "engine-exit" | null = null;
  #sealedBy: Exclude<ConnectionEndedBy, "peer"> = "environment-end";
  #closing: Closing | null = null;
  #halfEnded = false;
  #peerEndedAt: number | null = null;
  #closeRecorded = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(downstream: Socket, options: RelayedConnectionOptions) {
    this.#options = options;
    this.boot = options.boot;
    this.#firstBytes = new FirstBytes(options.protocol, options);
    this.#downstream = downstream;
    // The peer may log this client before the next line of this code runs.
    options.record({
      event: "opened",
      upstreamLocal: null,
      by: null,
      ending: null,
      answered: false,
      error: null,
    });
    this.#connecting = connectUpstream(options.upstream);
    this.#upstream = this.#connecting.socket;
    this.#forwarder = new Forwarder(downstream, this.#upstream, () => !this.#isSilenced());
    this.closed = new Promise((resolve) => this.#upstream.once("close", () => resolve()));
    this.#watchUpstream(this.#upstream, this.#downstream);
    this.#watchDownstream(this.#upstream, this.#downstream);
  }

  /** Whether the peer-side socket exists. After a silent end it still does. */
  get open(): boolean {
    return !this.#upstream.destroyed;
  }

  /** Called before the environment's processes are killed. */
  beginEnding(ending: Ending, by: Exclude<ConnectionEndedBy, "peer">): void {
    if (this.#seal !== null) return;
    this.#seal = ending;
    this.#sealedBy = by;
    this.#outcome.stopWaiting();
    if (ending !== "fin") this.#downstream.pause();
  }

  /** Called when the environment's processes are gone. */
  finishEnding(): void {
    if (this.#upstream.destroyed) return;
    if (this.#seal === "rst") {
      this.#closing ??= { by: this.#sealedBy, ending: "rst", error: null };
      this.#downstream.destroy();
      resetSocket(this.#upstream);
    } else if (this.#seal === "silence") this.#fallSilent();
    else if (this.#seal === "fin") this.#closing ??= { by: this.#sealedBy, ending: "fin", error: null };
  }

  /** Called when the engine ends. The record says that the engine closed the connection, not the platform. */
  destroy(): void {
    this.#seal = "engine-exit";
    if (!this.#upstream.destroyed) this.#closing = { by: "engine-exit", ending: "fin", error: null };
    this.#downstream.destroy();
    this.#upstream.destroy();
  }

  #watchUpstream(upstream: Socket, downstream: Socket): void {
    upstream.on("connect", () => {
      this.#local = `${upstream.localAddress ?? ""}:${upstream.localPort ?? 0}`;
      this.#recordConnected();
      if (!this.#isSilenced()) downstream.resume();
    });
    upstream.on("data", (chunk) => {
      this.#recordAnswered(chunk);
      if (!this.#isSilenced()) this.#keepAnswer(chunk);
      if (!this.#isSilenced() && !downstream.destroyed && !downstream.write(chunk)) upstream.pause();
    });
    downstream.on("drain", () => upstream.resume());
    upstream.on("end", () => {
      this.#peerEndedAt = this.#options.monotonic();
      if (this.#connecting.wasResetAtConnect()) {
        this.#noteReset("ECONNRESET");
        upstream.destroy();
        return;
      }
      this.#endHalf("peer");
      if (this.#seal === "silence") this.#leaveUnanswered();
      else if (this.#seal === null || this.#seal === "fin") downstream.end();
    });
    upstream.on("error", (error: NodeJS.ErrnoException) => {
      // A reset means that the peer had accepted the connection, even if the reset came before the connect event.
      if (error.code === "ECONNRESET") this.#recordConnected();
      if (this.#connected) this.#noteReset(error.code ?? error.message);
      else {
        this.#record("connect-failed", { error: error.code ?? error.message });
        if (this.#seal === null) resetSocket(downstream);
      }
    });
    upstream.on("close", () => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#outcome.stopWaiting();
      this.#recordClosed();
    });
  }

  /**
   * Records that the peer reset the connection, and resets the function's side. If the peer has sent something, the function's side is
   * reset later: a function whose own connect is not complete would lose what was just forwarded. A reset after the end of the process or
   * environment is the peer's answer to that end: RabbitMQ, for example, answers every FIN with a reset.
   */
  #noteReset(error: string): void {
    this.#firstBytes.end();
    const answersEnd = this.#seal !== null && this.#closing?.by === this.#sealedBy;
    this.#closing =
      answersEnd && this.#closing !== null
        ? { ...this.#closing, error }
        : { by: "peer", ending: "rst", error };
    if (this.#seal !== null) return;
    if (this.#answered) setTimeout(() => resetSocket(this.#downstream), LAST_WORDS_MS);
    else resetSocket(this.#downstream);
  }

  #watchDownstream(upstream: Socket, downstream: Socket): void {
    downstream.pause();
    downstream.on("data", (chunk) => {
      if (this.#isSilenced() || upstream.destroyed) return;
      this.#firstBytes.keep("function", chunk);
      this.#outcome.afterRequest();
      this.#forwarder.send(chunk, this.#answered);
    });
    upstream.on("drain", () => {
      if (!this.#isSilenced()) downstream.resume();
    });
    downstream.on("end", () => {
      if (this.#isSilenced()) return;
      this.#forwarder.flush();
      this.#endHalf(this.#seal === "fin" ? this.#sealedBy : "function");
      upstream.end();
    });
    downstream.on("error", (error: NodeJS.ErrnoException) => {
      if (this.#isSilenced()) return;
      this.#firstBytes.end();
      this.#forwarder.flush();
      if (this.#seal === "fin") {
        this.#closing ??= { by: this.#sealedBy, ending: "fin", error: null };
        this.#endHalf(this.#sealedBy);
        upstream.end();
        // Discards what the peer still sends, so that its FIN is seen.
        upstream.resume();
        return;
      }
      // The function's side was reset, for example because the peer sent data after the process had ended. The peer gets a reset, as from the
      // kernel of a real environment. If the peer had already sent its FIN, the peer is still recorded as the side that ended the connection.
      if (this.#peerEndedAt === null)
        this.#closing = { by: "function", ending: "rst", error: error.code ?? error.message };
      resetSocket(upstream);
    });
    // The function's side is gone, so no drain event will resume the peer's side.
    downstream.on("close", () => {
      if (!upstream.destroyed) upstream.resume();
    });
  }

  #isSilenced(): boolean {
    return this.#seal !== null && this.#seal !== "fin";
  }

  #fallSilent(): void {
    this.#downstream.destroy();
    if (this.#upstream.readableEnded) {
      this.#leaveUnanswered();
      return;
    }
    const read = this.#readBytes({ by: "environment-end", how: "silence" });
    this.#record("silenced", { error: null, ...this.#outcome.atEnd(read) });
    // The kernel acknowledges what the peer sends, and the link discards it.
    this.#upstream.resume();
    if (this.#options.deadLinkResetMs !== null) {
      this.#timer = setTimeout(() => {
        this.#closing ??= { by: this.#sealedBy, ending: "rst", error: null };
        resetSocket(this.#upstream);
      }, this.#options.deadLinkResetMs);
    }
  }

  #leaveUnanswered(): void {
    this.#recordClosed();
    this.#timer ??= setTimeout(() => this.#upstream.destroy(), UNANSWERED_FIN_MS);
  }

  /**
   * Records a FIN when it comes, because the record `closed` may never follow. After the peer's FIN, the function's process can stay
   * frozen. After the function's FIN, the connection can wait in the peer's queue. After the end of its environment, the record shows since
   * when the peer could know of it.
   */
  #endHalf(by: ConnectionEndedBy): void {
    this.#firstBytes.end();
    if (this.#halfEnded || (this.#closing !== null && this.#closing.by !== by)) return;
    this.#halfEnded = true;
    this.#closing ??= { by, ending: "fin", error: null };
    const read = this.#readBytes({ by, how: "fin", killed: this.#seal !== null });
    this.#record("half-closed", { by, error: null, ...this.#outcome.atFin(by, read, this.#answered) });
  }

  #recordConnected(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#connectedAt = this.#options.monotonic();
    this.#record("connected", { error: null });
  }

  /** Records an answer of the peer immediately, because the connection may outlive the run. */
  #recordAnswered(chunk: Buffer): void {
    if (this.#answered) return;
    this.#answered = true;
    if (!this.#isSilenced()) this.#record("answered", { error: null, answer: firstAnswer(chunk) });
  }

  #recordClosed(): void {
    if (this.#closeRecorded || !this.#connected) return;
    this.#closeRecorded = true;
    const { by, ending, error } = this.#closing ?? { by: this.#sealedBy, ending: "fin", error: null };
    const side = by === "engine-exit" ? "environment-end" : by;
    const read = this.#readBytes({ by: side, how: ending, killed: this.#seal !== null });
    this.#record("closed", { by, ending, error, ...this.#outcome.atEnd(read) });
  }

  #keepAnswer(chunk: Buffer): void {
    const wasRead = this.#firstBytes.peerIsRead;
    this.#firstBytes.keep("peer", chunk);
    if (!wasRead) this.#outcome.afterAnswer();
  }

  #readBytes(end: SeenEnd | null): BytesRead | null {
    return this.#firstBytes.read({
      reached: true,
      peerSpoke: this.#answered,
      lastedMs: (this.#peerEndedAt ?? this.#options.monotonic()) - this.#connectedAt,
      end,
    });
  }

  #record(event: LinkLogRecord["event"], facts: Partial<LinkLogRecord> & Pick<LinkLogRecord, "error">): void {
    this.#options.record({
      event,
      upstreamLocal: this.#local,
      by: null,
      ending: null,
      answered: this.#answered,
      ...facts,
    });
  }
}
