/**
 * Collects log events by stream. Of the application's lines, it keeps the first and the last, which show that the environment was alive.
 */
import { streamEvent } from "../logs/stream-event.ts";
import { familyOfVersionText } from "../catalogue/runtimes/all-runtimes.ts";
import { accountOfPath, partsOfGroup } from "../logs/log-group-parts.ts";
import { accountOfStream, regionOfInit, regionOfStream } from "../logs/region.ts";
import { ownText } from "./own-text.ts";
import type { LogEvent, SkippedLine } from "../logs/log-event.ts";
import type { PlatformEvent } from "../logs/platform-event.ts";
import type { EpochMs } from "../base/time.ts";
import { type OrderedEvent, type CollectedEvents, StreamRecords } from "./stream-records.ts";
import { SharedTexts } from "./shared-texts.ts";
import type { TextStore } from "./text-store.ts";

export interface CollectedStream extends CollectedEvents {
  readonly logGroup: string | null;
  /** The function's name in `platform.initStart`. Null if there is none. */
  readonly functionName: string | null;
  /** The family of the function's runtime in the catalogue. Null if no line names a known runtime. */
  readonly family: string | null;
  /** The account in which the stream was written. Null if neither its group, nor its name, nor the path of its file shows it. */
  readonly account: string | null;
  /** The Region in which the stream was written. Null if neither an INIT_START, nor the stream's name, nor its group's ARN shows it. */
  readonly region: string | null;
  /** True if the stream has no platform line, no line of a runtime and no lifecycle line. */
  readonly unrecognised: boolean;
  /** The files that contain lines of the stream. */
  readonly sources: readonly string[];
  /** True if the lines do not name their stream and come from more than one environment. */
  readonly mixed: boolean;
  /** True if the lines do not name their stream, and no line shows that Lambda wrote the stream. */
  readonly foreign: boolean;
}

export interface TimeRange {
  readonly since: EpochMs | null;
  readonly until: EpochMs | null;
}

interface CollectingStream extends CollectedStream {
  readonly parts: StreamRecords[];
  first: OrderedEvent | null;
  last: OrderedEvent | null;
  signs: readonly OrderedEvent[];
  functionName: string | null;
  family: string | null;
  account: string | null;
  region: string | null;
  unrecognised: boolean;
  sources: readonly string[];
  readonly named: boolean;
  /** Whether the process of the environment ended early. Then another Init may follow. */
  ended: boolean;
  inits: number;
  running: string | null;
  mixed: boolean;
  foreign: boolean;
  /** Whether a line showed that something changed the function's console. */
  altered: boolean;
}

const NO_SIGNS: readonly OrderedEvent[] = [];
const NO_SOURCES: readonly string[] = [];

export class StreamCollector {
  readonly #range: TimeRange;
  readonly #store: TextStore;
  #order = 0;
  /** By log group, as the export names it, then by name. */
  readonly #streams = new Map<string, Map<string, CollectingStream>>();
  /** In the order of their first events. */
  readonly #inOrder: CollectingStream[] = [];
  #cut = false;
  readonly #shared = new SharedTexts();
  /** For each source, a list that contains only this source. Most streams of the source share this list. */
  readonly #alone = new Map<string, readonly string[]>();

  constructor(range: TimeRange, store: TextStore) {
    this.#range = range;
    this.#store = store;
  }

  /** Whether there were events after the end of the range. Then the evidence is complete up to the end of the range. */
  get cutAtEnd(): boolean {
    return this.#cut;
  }

  /**
   * `streamOfSource` is the log stream that the name of the file or folder shows. It is used for lines that do not name their stream. Returns
   * the function's own time in a lifecycle line, else null.
   */
  add(event: LogEvent, source: string, streamOfSource: string | null): EpochMs | null {
    if (this.#range.until !== null && event.timestamp > this.#range.until) {
      this.#cut = true;
      return null;
    }
    if (this.#range.since !== null && event.timestamp < this.#range.since) return null;
    const name = event.logStreamName ?? streamOfSource;
    const stream = this.#stream(event.logGroup, name ?? source, name !== null, source);
    this.#noteSource(stream, source);
    const one = { event: streamEvent(event, (text) => this.#store.key(text)), order: this.#order++ };
    const { said } = one.event;
    const onlyAltered = said.kind === "error" && !said.error.shaped && said.error.readings.length === 0;
    // One line that shows a changed console shows as much as all of them, and there can be very many.
    if (said.kind === "application" || (onlyAltered && stream.altered)) {
      noteApplication(stream, one);
      return null;
    }
    if (onlyAltered) stream.altered = true;
    // Every program can write a line that could speak of a failure. Only an exact line of a client shows that Lambda wrote the stream.
    if (said.kind !== "error" || said.error.readings.length > 0) {
      stream.foreign = false;
      stream.unrecognised = false;
    }
    if (said.kind === "platform") {
      notePlatform(stream, said.platform);
      if (said.platform.event === "init-start" || said.platform.event === "restore-start")
        stream.region ??= this.#shared.one(regionOfInit(event.message));
    }
    stream.functionName = this.#shared.one(stream.functionName);
    if (said.kind === "platform" && said.platform.event === "other") {
      noteApplication(stream, one);
      return null;
    }
    stream.parts[0]?.add(one);
    return said.kind === "lifecycle" ? said.line.time : null;
  }

  /** A skipped line shows that its environment was alive. */
  addSkipped(line: SkippedLine, source: string, streamOfSource: string | null): void {
    const { timestamp, eventId } = line;
    const { since, until } = this.#range;
    if (until !== null && timestamp > until) this.#cut = true;
    if ((until !== null && timestamp > until) || (since !== null && timestamp < since)) return;
    const name = line.logStreamName ?? streamOfSource;
    const stream = this.#stream(null, name ?? source, name !== null, source);
    this.#noteSource(stream, source);
    const skipped = { timestamp, eventId, ingestionTime: null, message: "" };
    noteApplication(stream, { event: streamEvent(skipped, () => ""), order: this.#order++ });
  }

  /**
   * Returns the streams in the order of their first events. A stream that some files name with its log group or its account and others
   * without them is one stream.
   */
  finish(): readonly CollectedStream[] {
    const groups = [...this.#streams.values()];
    const result: CollectingStream[] = [];
    for (const stream of this.#inOrder) {
      const homes = groups
        .flatMap((streams) => streams.get(stream.logStreamName) ?? [])
        .filter((one) => saysMore(one, stream));
      const home = homes.find((one) => homes.every((other) => other === one || saysMore(one, other)));
      if (home === undefined) result.push(stream);
      else moveInto(home, stream);
    }
    for (const stream of result) stream.signs = signsOfLife(stream);
    return result;
  }

  /** Files are read one after another, so the last source is compared first. */
  #noteSource(stream: CollectingStream, source: string): void {
    if (stream.sources.at(-1) === source || stream.sources.includes(source)) return;
    if (stream.sources.length > 0) {
      stream.sources = stream.sources.concat(source);
      return;
    }
    const alone = this.#alone.get(source) ?? [source];
    this.#alone.set(source, alone);
    stream.sources = alone;
  }

  #stream(logGroup: string | null, logStreamName: string, named: boolean, source: string): CollectingStream {
    let group = this.#streams.get(logGroup ?? "");
    if (group === undefined) {
      group = new Map<string, CollectingStream>();
      this.#streams.set(logGroup ?? "", group);
    }
    let stream = group.get(logStreamName);
    if (stream === undefined) {
      const { account, region, name } = partsOfGroup(logGroup);
      stream = {
        logGroup: name === null ? null : this.#shared.one(name),
        logStreamName: ownText(logStreamName),
        parts: [new StreamRecords(this.#store)],
        first: null,
        last: null,
        signs: NO_SIGNS,
        functionName: null,
        family: null,
        account: this.#shared.one(accountOfStream(logStreamName) ?? account ?? accountOfPath(source)),
        region: this.#shared.one(regionOfStream(logStreamName) ?? region),
        unrecognised: true,
        ended: false,
        sources: NO_SOURCES,
        named,
        inits: 0,
        running: null,
        mixed: false,
        foreign: !named,
        altered: false,
      };
      group.set(stream.logStreamName, stream);
      this.#inOrder.push(stream);
    }
    return stream;
  }
}

function noteApplication(stream: CollectingStream, one: OrderedEvent): void {
  const { timestamp } = one.event;
  if (stream.first === null || timestamp < stream.first.event.timestamp) stream.first = one;
  if (stream.last === null || timestamp >= stream.last.event.timestamp) stream.last = one;
}

/** An environment has one Init and runs one invocation at a time. Lines that contradict this come from several environments. */
function notePlatform(stream: CollectingStream, event: PlatformEvent): void {
  if (event.event === "init-start" || event.event === "restore-start") {
    stream.functionName ??= event.functionName;
    stream.family ??=
      event.runtimeVersion === null ? null : (familyOfVersionText(event.runtimeVersion)?.name ?? null);
    // Logs of early 2023 have another INIT_START after a process ended early.
    if ((event.event === "restore-start" || event.phase === "init") && !stream.ended) stream.inits += 1;
    stream.ended = false;
  } else if (event.event === "start") {
    if (stream.running !== null && stream.running !== event.requestId) stream.mixed = !stream.named;
    stream.running = event.requestId;
  } else if ("requestId" in event && event.requestId === stream.running) stream.running = null;
  if (endsProcess(event)) stream.ended = true;
  if (!stream.named && stream.inits > 1) stream.mixed = true;
}

function endsProcess(event: PlatformEvent): boolean {
  if (event.event === "task-timed-out" || event.event === "runtime-exited") return true;
  return (event.event === "report" || event.event === "init-report") && event.status !== "success";
}

function signsOfLife({ first, last }: CollectingStream): readonly OrderedEvent[] {
  if (first === null) return NO_SIGNS;
  return last === null || last === first ? [first] : [first, last];
}

/** Whether both can be one stream, and the first names its log group or account and the second does not. */
function saysMore(one: CollectedStream, other: CollectedStream): boolean {
  const [group, account] = [one.logGroup !== other.logGroup, one.account !== other.account];
  if ((group && other.logGroup !== null) || (account && other.account !== null)) return false;
  return group || account;
}

function moveInto(home: CollectingStream, other: CollectingStream): void {
  home.parts.push(...other.parts);
  if (other.first !== null) noteApplication(home, other.first);
  if (other.last !== null) noteApplication(home, other.last);
  home.functionName ??= other.functionName;
  home.family ??= other.family;
  home.account ??= other.account;
  home.region ??= other.region;
  home.unrecognised &&= other.unrecognised;
  home.sources = [...new Set([...home.sources, ...other.sources])];
}
