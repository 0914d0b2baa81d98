/** Packs environments, so that each takes little memory (packed-environment.ts). */
import type { ObservedBoot, ObservedEnvironment } from "./environment.ts";
import { NumberColumn, WholeNumberColumn } from "./number-column.ts";
import {
  PackedEnvironment,
  WHOLE,
  type Common,
  type EnvironmentLists,
  type EnvironmentNumbers,
  type Whole,
} from "./packed-environment.ts";

const PLACE = Object.fromEntries(WHOLE.map((name, place) => [name, place])) as Record<Whole, number>;

/** Holds the numbers of all packed environments of a function. */
export class EnvironmentColumns implements EnvironmentNumbers {
  readonly #whole = new WholeNumberColumn();
  readonly #firstLines = new NumberColumn();
  readonly #initDurations = new NumberColumn();
  readonly #common = new Map<string, Common>();

  /** `boot` is the environment's only one. Returns the packed environment, or null if packing would lose a fact. */
  pack(
    environment: ObservedEnvironment,
    boot: ObservedBoot,
    lists: EnvironmentLists,
  ): PackedEnvironment | null {
    if (!isOrdinary(environment, boot)) return null;
    const numbers = numbersOf(environment, boot);
    if (!WHOLE.every((name) => WholeNumberColumn.fits(numbers[name]))) return null;
    const place = this.#firstLines.length;
    this.#firstLines.add(environment.firstLine);
    this.#initDurations.add(environment.init?.durationMs ?? NaN);
    for (const name of WHOLE) this.#whole.add(numbers[name]);
    const common = this.#commonOf(environment, boot);
    return new PackedEnvironment(this, place, environment.id, common, boot.bootId, lists);
  }

  firstLine = (place: number): number => this.#firstLines.at(place);

  whole(place: number, name: Whole): number | null {
    return this.#whole.at(place * WHOLE.length + PLACE[name]);
  }

  time(place: number, name: Whole): number | null {
    const after = this.whole(place, name);
    return after === null ? null : this.#firstLines.at(place) + after;
  }

  initDurationMs(place: number): number | null {
    const value = this.#initDurations.at(place);
    return Number.isNaN(value) ? null : value;
  }

  #commonOf(environment: ObservedEnvironment, { bootLine }: ObservedBoot): Common {
    const { version, functionName, runtime, showsInfo, initializationType, repeatedInits } = environment;
    const { consoleAltered } = environment;
    const { restored, snapshot, web, ending, logsDropped, numbered } = environment;
    const init =
      environment.init === null
        ? null
        : { endSource: environment.init.endSource, status: environment.init.status };
    const common: Common = {
      ...{ version, functionName, runtime, showsInfo, consoleAltered, initializationType, repeatedInits },
      ...{ restored, snapshot, web, ending, logsDropped, numbered, init, bootLine },
    };
    const key = JSON.stringify(common);
    const known = this.#common.get(key) ?? common;
    this.#common.set(key, known);
    return known;
  }
}

/** Whether a packed environment can hold everything that this environment has. */
function isOrdinary(environment: ObservedEnvironment, boot: ObservedBoot): boolean {
  const { crashes, unrecognised, unknownLines, unread, peerAhead, init } = environment;
  return (
    crashes.length === 0 &&
    unrecognised.size === 0 &&
    unknownLines === 0 &&
    unread.lines === 0 &&
    peerAhead !== null &&
    peerAhead.from === 0 &&
    peerAhead.to === 0 &&
    // The end of this Init is found out later (resolve-inits.ts).
    init?.status !== null &&
    boot.number === 1 &&
    boot.to === null &&
    boot.reset === null
  );
}

function numbersOf(environment: ObservedEnvironment, boot: ObservedBoot): Record<Whole, number | null> {
  const { firstLine, lastLine, init, end, condensed } = environment;
  const { sequences } = boot;
  const after = (time: number | null | undefined): number | null => (time == null ? null : time - firstLine);
  return {
    lastLine: after(lastLine),
    initStart: after(init?.start),
    initEnd: after(init?.end),
    bootFrom: after(boot.from),
    lastNumberedAt: after(boot.lastNumberedAt),
    end: after(end),
    shutdown: after(boot.shutdown),
    lines: boot.lines,
    sequenceFirst: sequences?.first ?? null,
    sequenceLast: sequences?.last ?? null,
    sequencesDistinct: sequences?.distinct ?? null,
    served: condensed.served,
    unseen: condensed.unseen,
    condensedLines: boot.condensedLines,
  };
}
