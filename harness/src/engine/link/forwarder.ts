/**
 * Writes to the peer what the function has sent. A server without a free place sends a message and resets the connection. A write after
 * that reset would destroy the server's message before it is read. So until the peer has sent its first bytes, each piece of the function's
 * bytes waits for two rounds of the event loop. In these rounds, bytes of the peer can be read.
 */
import type { Socket } from "node:net";

export class Forwarder {
  readonly #downstream: Socket;
  readonly #upstream: Socket;
  readonly #mayForward: () => boolean;
  /** Bytes that wait. Until they are written, nothing more is read from the function. */
  #waiting: Buffer | null = null;

  constructor(downstream: Socket, upstream: Socket, mayForward: () => boolean) {
    this.#downstream = downstream;
    this.#upstream = upstream;
    this.#mayForward = mayForward;
  }

  send(chunk: Buffer, answered: boolean): void {
    if (answered) {
      this.#write(chunk);
      return;
    }
    this.#waiting = chunk;
    this.#downstream.pause();
    setImmediate(() => setImmediate(() => this.flush()));
  }

  /** Writes the bytes that wait. Call this before the end of the function's side (its FIN or an error) is passed on to the peer. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null && this.#mayForward() && !this.#upstream.destroyed) this.#write(waiting);
  }

  #write(chunk: Buffer): void {
    if (this.#upstream.write(chunk)) this.#downstream.resume();
    else this.#downstream.pause();
  }
}
