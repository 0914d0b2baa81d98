/** Notices that no line of a peer's log is from the time of the other evidence, for example because its times are in another time zone. */
import type { PeerLogRecord } from "../../domain/peer-log.ts";
import { epochMs, isoTime, parseIsoTime, type EpochMs } from "../../units/time.ts";

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
  notice(source: string): string | null {
    if (this.#lines === 0 || this.#within > 0) return null;
    const { since, until } = this.#evidence;
    const evidence = until === null ? `from ${instant(since)} on` : `${instant(since)} to ${instant(until)}`;
    return [
      `${source}: no line about a connection is from the time of the other evidence (${evidence});`,
      `the log has such lines from ${instant(this.#first)} to ${instant(this.#last)}.`,
      "If connections began or ended in that time, this is the log of another time,",
      "or its times are in another time zone than they say (--peer-log-zone sets the zone of a log whose times have none).",
    ].join(" ");
  }
}

function instant(time: number | null): string {
  return time === null ? "its beginning" : isoTime(epochMs(time));
}
