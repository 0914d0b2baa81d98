/** Notices that no line of a peer's log is from the time of the other evidence, for example because its times are in another time zone. */
import { runNotice, type RunNotice } from "../../record/notices.ts";
import type { PeerLogRecord } from "../../record/peer-log.ts";
import { epochMs, isoTime, parseIsoTime, type EpochMs } from "../../base/time.ts";

/** By the peer's clock. Null if the beginning or the end of the other evidence is not known. */
export interface EvidenceTime {
  readonly since: EpochMs | null;
  readonly until: EpochMs | null;
}

export class CoveredTime {
  readonly #evidence: EvidenceTime;
  #lines = 0;
  #within = 0;
  #first = Infinity;
  #last = -Infinity;

  constructor(evidence: EvidenceTime) {
    this.#evidence = evidence;
  }

  note({ time, connection }: PeerLogRecord): void {
    const at = connection === null ? null : parseIsoTime(time);
    if (at === null) return;
    const { since, until } = this.#evidence;
    this.#lines += 1;
    if (at >= (since ?? -Infinity) && at <= (until ?? Infinity)) this.#within += 1;
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
  }

  /** Null if a line is from the time of the other evidence, or if the log has no line about a connection. */
  notice(source: string): RunNotice | null {
    if (this.#lines === 0 || this.#within > 0) return null;
    const { since, until } = this.#evidence;
    return runNotice("peer-log-of-other-time", {
      source,
      since: since === null ? null : isoTime(since),
      until: until === null ? null : isoTime(until),
      first: isoTime(epochMs(this.#first)),
      last: isoTime(epochMs(this.#last)),
    });
  }
}
