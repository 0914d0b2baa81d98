/** Puts the journal in order. While it does so, it takes from it what is about the whole run. */
import { ALWAYS, later, momentBy, type Moment } from "../../base/clocks.ts";
import type { JudgedNotice, RunNotice } from "../../record/notices.ts";
import type { JournalEvent } from "../../record/journal.ts";
import type { Lever } from "../../words/lever.ts";
import { parseIsoTime } from "../../base/time.ts";
import { RepeatedTimes, type RepeatedTime } from "./repeated-times.ts";

export interface OrderedJournal {
  /** In the order of their sequence numbers, each event once. */
  readonly events: Iterable<JournalEvent>;
  /** How many events are missing. */
  readonly missing: number;
  /** The latest time of an event. Null if there is none. */
  readonly latest: Moment<"driver"> | null;
  readonly repeated: readonly Readonly<RepeatedTime>[];
  readonly said: SaidInJournal;
}

/** What the journal says about the whole run. */
export interface SaidInJournal {
  /** When the invocations first began. */
  readonly driveStarted: string | null;
  /** When the invocations ended. A run that was resumed has a drive for each of its parts. If the last one was killed, it has no end. */
  readonly driveEnded: string | null;
  readonly last: string | null;
  /** The levers of `--provoke` that were pulled. */
  readonly levers: ReadonlySet<Lever>;
  /** A run that was resumed may have made the same remark twice. */
  readonly notices: readonly JudgedNotice[];
}

export function orderedJournal(journal: Iterable<JournalEvent>): OrderedJournal {
  return (
    readInOrder(journal) ??
    readInOrder(sorted(journal)) ?? { ...new JournalFold().finish(), events: [], missing: 0 }
  );
}

/** Null if the events are not in order. */
function readInOrder(journal: Iterable<JournalEvent>): OrderedJournal | null {
  const fold = new JournalFold();
  let [count, last] = [0, -Infinity];
  for (const event of journal) {
    if (event.sequence <= last) return null;
    count += 1;
    last = event.sequence;
    fold.add(event);
  }
  return { ...fold.finish(), events: journal, missing: count === 0 ? 0 : Math.max(0, last - count) };
}

function sorted(journal: Iterable<JournalEvent>): readonly JournalEvent[] {
  const bySequence = new Map<number, JournalEvent>();
  for (const event of journal) if (!bySequence.has(event.sequence)) bySequence.set(event.sequence, event);
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
}

class JournalFold {
  readonly #repeated = new RepeatedTimes();
  readonly #levers = new Set<Lever>();
  readonly #notices = new Map<string, JudgedNotice>();
  #driveStarted: string | null = null;
  #driveEnded: string | null = null;
  #last: string | null = null;
  #latest: Moment<"driver"> = ALWAYS;

  add(event: JournalEvent): void {
    // `longrun undo` may have written it long after the run.
    if (event.event === "change-undone") return;
    const time = momentBy("driver", parseIsoTime(event.time));
    if (time !== null) this.#repeated.add(event, time);
    this.#latest = later(this.#latest, time ?? ALWAYS);
    this.#last = event.time;
    if (event.event === "drive-started") {
      this.#driveStarted ??= event.time;
      this.#driveEnded = null;
    } else if (event.event === "drive-ended") this.#driveEnded = event.time;
    else if (event.event === "change-begun" && event.change !== "copy") this.#levers.add(event.lever);
    // This lever changes nothing.
    else if (event.event === "invocation-sent" && event.tenantId !== undefined) this.#levers.add("tenants");
    else if (event.event === "evidence-notice") {
      const { code, parameters } = event;
      this.#notices.set(JSON.stringify([code, parameters]), { code, parameters } as RunNotice);
    }
  }

  finish(): Pick<OrderedJournal, "latest" | "repeated" | "said"> {
    return {
      latest: this.#latest === ALWAYS ? null : this.#latest,
      repeated: this.#repeated.spans,
      said: {
        driveStarted: this.#driveStarted,
        driveEnded: this.#driveEnded,
        last: this.#last,
        levers: this.#levers,
        notices: [...this.#notices.values()],
      },
    };
  }
}
