/**
 * Decides what a link records about the outcome of one connection. What is known is recorded before the connection ends, because the
 * connection may outlive the run, and its server may never close its half. Only the protocols of servers show an outcome; our own peer
 * writes a log instead.
 */
import type { AttemptOutcome, ConnectionEndedBy } from "../../words/connection-outcome.ts";
import { distinguishesRefusals } from "../../catalogue/protocols/all-protocols.ts";
import type { BytesRead } from "./first-bytes.ts";
import { readMembers, type ReadMembers } from "./read-members.ts";

const UNANSWERED_REQUEST_MS = 2_000;

export class ShownOutcome {
  #recognised: AttemptOutcome | null = null;
  /** Whether a record says that TLS hides the outcome. */
  #hidden = false;
  /**
   * What the bytes showed when the function ended an accepted connection before its first request was answered; null if it did not do
   * this. Later bytes do not count.
   */
  #gaveUp: BytesRead | null = null;
  /** Whether a record says that the first request after the server's acceptance has no answer. */
  #waits = false;
  #timer: NodeJS.Timeout | null = null;
  readonly #readOpen: () => BytesRead | null;
  readonly #record: (members: ReadMembers) => void;

  /** `readOpen` reads the bytes of both sides while the connection is open. `record` writes a record `recognised`. */
  constructor(readOpen: () => BytesRead | null, record: (members: ReadMembers) => void) {
    this.#readOpen = readOpen;
    this.#record = record;
  }

  get #known(): boolean {
    return this.#recognised !== null && !this.#waits;
  }

  /** Makes a record if what the server has sent shows something new. */
  afterAnswer(): void {
    const shown = this.#known ? null : this.#readOpen();
    if (shown === null) return;
    if (distinguishesRefusals(shown.protocol)) this.#recognised ??= shown.reading.attempt;
    if (this.#waits && shown.reading.attempt === null) return;
    this.#waits = false;
    if (this.#recognised !== null) this.#record(readMembers(shown));
    else if (shown.encrypted && !this.#hidden) {
      this.#hidden = true;
      this.#record({ ...readMembers(shown), outcome: "unreadable" });
    }
  }

  /** Makes a record without an outcome if the first request after the server's acceptance has no answer for two seconds. */
  afterRequest(): void {
    if (this.#recognised !== "accepted") return;
    this.#timer ??= setTimeout(() => {
      const shown = this.#readOpen();
      this.#waits = shown?.reading.attempt === null;
      if (this.#waits) this.#record(readMembers(shown));
    }, UNANSWERED_REQUEST_MS);
  }

  stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /**
   * Returns the members of a record `half-closed`. They say what was read if three conditions hold: the server has answered; refusals of
   * its protocol can be recognised, or the bytes are encrypted; the outcome is not known. Without them, a server that keeps its half of
   * the connection open would look as if it had accepted the client.
   */
  atFin(by: ConnectionEndedBy, read: BytesRead | null, answered: boolean): ReadMembers {
    this.stopWaiting();
    const mayWait = read !== null && (read.encrypted || distinguishesRefusals(read.protocol));
    const open = answered && mayWait && !this.#known;
    const takenBack = this.#recognised === "accepted" && read?.reading.attempt === "timed-out";
    if (by === "function" && takenBack) this.#gaveUp = read;
    return readMembers(by === "peer" || open ? read : this.#gaveUp);
  }

  atEnd(read: BytesRead | null): ReadMembers {
    return readMembers(this.#gaveUp ?? read);
  }
}
