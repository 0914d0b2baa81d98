/**
 * Decides what a link records about the outcome of one connection. It is recorded as soon as the bytes show it or TLS hides it, at the first FIN,
 * and at the end. A connection may outlive the run, and its server may never close its half, so what is known is recorded before the
 * end. Only the protocols of servers show an outcome; our own peer writes a log instead.
 */
import type { AttemptOutcome } from "../../domain/connection-outcome.ts";
import { distinguishesRefusals } from "../../protocols/all-protocols.ts";
import type { BytesRead } from "./first-bytes.ts";
import { readMembers, type ReadMembers } from "./read-members.ts";

export class ShownOutcome {
  private recognised: AttemptOutcome | null = null;
  /** Whether a record says that TLS hides the outcome. */
  private hidden = false;
  /**
   * What the bytes showed when the function ended an accepted connection because no answer came; else null. What the server sends later does
   * not count, because nobody receives it.
   */
  private gaveUp: BytesRead | null = null;

  get known(): boolean {
    return this.recognised !== null;
  }

  /** Takes what the bytes show after the server has sent more. Returns the members of a record `recognised`, or null if there is nothing new. */
  afterAnswer(read: BytesRead | null): ReadMembers | null {
    if (read === null) return null;
    if (distinguishesRefusals(read.protocol)) this.recognised ??= read.reading.attempt;
    if (this.recognised !== null) return readMembers(read);
    if (!read.encrypted || this.hidden) return null;
    this.hidden = true;
    return { ...readMembers(read), outcome: "unreadable" };
  }

  /**
   * Takes what the bytes show when the first FIN is sent. Returns the members of a record `half-closed`. `open` is true if the server has
   * answered, but no answer has shown the outcome: TLS hides the answers, or the client still waits for the answer that shows it. Without this
   * record, a server that only stays connected would look as if it had accepted.
   */
  atFin(
    by: "environment-end" | "function" | "peer",
    read: BytesRead | null,
    answered: boolean,
  ): { readonly open: boolean; readonly members: ReadMembers } {
    const mayWait = read !== null && (read.encrypted || distinguishesRefusals(read.protocol));
    const open = answered && mayWait && !this.known;
    const takenBack = this.recognised === "accepted" && read?.reading.attempt === "timed-out";
    if (by === "function" && takenBack) this.gaveUp = read;
    return { open, members: readMembers(by === "peer" || open ? read : this.gaveUp) };
  }

  /** Returns the members of a record about the end of the connection. */
  atEnd(read: BytesRead | null): ReadMembers {
    return readMembers(this.gaveUp ?? read);
  }
}
