/** Gathers evidence from exported logs or CloudWatch, and decides to which functions log streams and peer logs belong. */
import { momentBy } from "../base/clocks.ts";
import { wrongInput } from "../base/errors.ts";
import { notice, type JudgedNotice } from "../record/notices.ts";
import type { FunctionEvidence } from "../record/evidence.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import type { LogEvent, SkippedLine } from "../logs/log-event.ts";
import { isStreamName, streamOfPath } from "../logs/stream-name.ts";
import { epochMs, type EpochMs, type DurationMs } from "../base/time.ts";
import type { GatheredEvidence, GatheredFunction } from "./gathered-evidence.ts";
import { nameFunctions } from "./name-functions.ts";
import { ownGroups } from "./own-groups.ts";
import { clockOfFunction } from "./clock-of-function.ts";
import { SourceClock } from "./source-clock.ts";
import { storedStreams } from "./stream-records.ts";
import { StreamCollector, type CollectedStream, type TimeRange } from "./stream-collector.ts";
import { SharedTexts } from "./shared-texts.ts";
import type { TextStore } from "./text-store.ts";

type UnreadableLog = FunctionEvidence["unreadable"][number];

export interface GatherLogsOptions {
  /** The value of `--function`. */
  readonly functionName: string | null;
  readonly range: TimeRange;
  readonly clockToleranceMs: DurationMs;
}

/** The peer logs of one function. */
interface PeerLog {
  readonly records: PeerLogRecord[];
  /** The names that were given (`NAME=FILE`). Null stands for a log without a name. */
  readonly names: Set<string | null>;
  readonly unreadable: UnreadableLog[];
}

export class LogGathering {
  readonly #options: GatherLogsOptions;
  readonly #collector: StreamCollector;
  readonly #unreadable: UnreadableLog[] = [];
  readonly #peers = new Map<string, PeerLog>();
  #functions: ReadonlyMap<string, readonly CollectedStream[]> = new Map();
  readonly #clocks = new Map<string, SourceClock>();
  #firstTime = Infinity;
  #lastTime = -Infinity;
  #notAsked: readonly string[] = [];
  #ownGroups: readonly string[] = [];
  readonly #notices: JudgedNotice[] = [];

  constructor(store: TextStore, options: GatherLogsOptions) {
    this.#options = options;
    this.#collector = new StreamCollector(options.range, store);
  }

  /** Returns a function that adds the next line of a source. `source` is its name as the user knows it. */
  logs(source: string): (line: LogEvent | SkippedLine) => void {
    const stream = streamOfPath(source);
    const clock = new SourceClock();
    this.#clocks.set(source, clock);
    return (line) => {
      const time = momentBy("source", line.timestamp);
      if ("message" in line) {
        this.#firstTime = Math.min(this.#firstTime, line.timestamp);
        this.#lastTime = Math.max(this.#lastTime, line.timestamp);
        clock.note(time, this.#collector.add(line, source, stream));
      } else {
        clock.note(time, null);
        this.#collector.addSkipped(line, source, stream);
      }
    };
  }

  unreadable(lost: UnreadableLog | null): void {
    if (lost !== null) this.#unreadable.push(lost);
  }

  /**
   * The earliest time that the peer's clock can have shown at the first log event, and the latest time that it can have shown at the last
   * event. Null if there is no event.
   */
  get peerLogsTime(): { readonly since: EpochMs | null; readonly until: EpochMs | null } {
    const { clockToleranceMs } = this.#options;
    if (!Number.isFinite(this.#firstTime)) return { since: null, until: null };
    const clocks = [...this.#clocks.values()];
    const zones = clocks.map(({ zoneMs }) => zoneMs);
    // A time of whole seconds was up to 999 ms later; a time in milliseconds is exact.
    const cut = Math.max(...clocks.map(({ resolutionMs }) => resolutionMs)) - 1;
    return {
      since: epochMs(this.#firstTime + Math.min(...zones) - clockToleranceMs - cut),
      until: epochMs(this.#lastTime + Math.max(...zones) + clockToleranceMs + cut),
    };
  }

  /** Decides which functions there are. Peer logs are read after this. */
  logsEnd(): void {
    const all = this.#collector.finish();
    refuseMixed(all);
    const { since, until } = this.#options.range;
    if (since === null && until === null) {
      refuseForeign(all);
      refuseUnrecognised(all);
    }
    const streams = all.filter((stream) => !isOfSomethingElse(stream));
    const [other] = all.filter(isOfSomethingElse);
    if (other !== undefined)
      this.#notices.push(
        notice("streams-skipped", {
          skipped: all.length - streams.length,
          of: all.length,
          first: other.logStreamName,
        }),
      );
    const { functionName } = this.#options;
    const named = nameFunctions(streams, functionName);
    if (!named.ok) {
      throw wrongInput(
        `--function ${functionName ?? ""}: expected a function that the logs name: ${named.named.join(", ")}.`,
      );
    }
    for (const [name, own] of named.streams) clockOfFunction(name, own, this.#clocks);
    this.#functions = named.streams;
    this.#ownGroups = ownGroups(streams, named.streams);
    this.#notAsked = named.others;
  }

  /**
   * `name` is a function, or a peer of the only function. It is null if the log was given without a name. Returns null if the user did not
   * ask for the function.
   */
  peerLog(name: string | null, source: string): PeerLogSink | null {
    const where = `--peer-log ${name === null ? "" : `${name}=`}${source}`;
    if (name !== null && this.#notAsked.includes(name)) {
      this.#notices.push(
        notice("peer-log-not-asked", { given: where, functionName: this.#options.functionName ?? "" }),
      );
      return null;
    }
    const functions = [...this.#functions.keys()];
    const [only = ""] = functions;
    const isFunction = name !== null && functions.includes(name);
    if (functions.length > 1 && !isFunction)
      throw wrongInput(`${where}: expected FUNCTION=FILE with one of ${functions.join(", ")}.`);
    const peerName = isFunction ? null : name;
    const of = isFunction ? name : only;
    const log = this.#peers.get(of) ?? {
      records: [],
      names: new Set(),
      unreadable: [],
    };
    this.#peers.set(of, log);
    log.names.add(peerName);
    const texts = new SharedTexts();
    if (log.names.size > 1 && log.names.has(null))
      throw wrongInput(
        `${where}: expected a name for each of several --peer-log, as in NAME=FILE. ${peerName === null ? "This one" : "An earlier one"} has none.`,
      );
    return {
      record: (record) =>
        void log.records.push({
          ...texts.peer(record),
          ...(peerName === null ? {} : { peer: peerName }),
        }),
      unreadable: (lost) => void log.unreadable.push(lost),
      showsNothing: (notices) => {
        this.#notices.push(...notices);
        if (log.records.length === 0) this.#peers.delete(of);
      },
    };
  }

  /** `until` is the end of the evidence, if it is later than the last event. */
  evidence(): {
    readonly evidence: GatheredEvidence;
    readonly until: EpochMs | null;
    readonly notices: readonly JudgedNotice[];
    readonly ownGroups: readonly string[];
  } {
    const functions = [...this.#functions].map(([name, streams]): GatheredFunction => ({
      name,
      functionArn: null,
      ...(this.#peerNames(name).length === 0 ? {} : { peerNames: this.#peerNames(name) }),
      ...clockOfFunction(name, streams, this.#clocks),
      streams: storedStreams(streams),
      peerLog: this.#peers.get(name)?.records ?? null,
      linkLog: null,
      unreadable: this.#lostOf(name, streams),
    }));
    return {
      evidence: { manifest: null, journal: null, plan: null, applied: null, functions },
      until: this.#collector.cutAtEnd ? this.#options.range.until : null,
      notices: this.#notices,
      ownGroups: this.#ownGroups,
    };
  }

  /** The names of the function's peers, in the order in which their logs were given. Empty if these logs have no names. */
  #peerNames(functionName: string): readonly string[] {
    return [...(this.#peers.get(functionName)?.names ?? [])].filter((name) => name !== null);
  }

  /**
   * Returns the unreadable lines of two kinds of files: those that have lines of this function, and its peer logs. Any of these lines can
   * have been about the function.
   */
  #lostOf(name: string, streams: readonly CollectedStream[]): readonly UnreadableLog[] {
    const sources = new Set(streams.flatMap((stream) => stream.sources));
    const ofPeer = this.#peers.get(name)?.unreadable ?? [];
    return [...this.#unreadable.filter(({ source }) => sources.has(source)), ...ofPeer];
  }
}

export interface PeerLogSink {
  record(record: PeerLogRecord): void;
  unreadable(lost: UnreadableLog): void;
  /** The notices say why the log shows nothing, and which settings of the server to switch on. */
  showsNothing(notices: readonly JudgedNotice[]): void;
}

function refuseMixed(streams: readonly CollectedStream[]): void {
  const mixed = streams.find((stream) => stream.mixed);
  if (mixed === undefined) return;
  throw wrongInput(
    `${mixed.logStreamName}: expected lines that name their log streams, found lines of several execution environments without these names.`,
    {
      hint: "aws logs filter-log-events names the stream of each event, and so does aws logs tail without --format short.",
    },
  );
}

/** Any program can write lines with a time, so a file without log stream names must have at least one line that Lambda wrote. */
function refuseForeign(streams: readonly CollectedStream[]): void {
  const foreign = streams.find((stream) => stream.foreign);
  if (foreign === undefined) return;
  throw wrongInput(
    `${foreign.logStreamName}: expected logs of a Lambda function, found lines with times, but none of the Lambda platform (START, REPORT, INIT_START), of a runtime or of a function's lifecycle.`,
    {
      hint: "If the file is a part of a function's log, give the whole log stream, or lines that name their stream, as aws logs filter-log-events prints them.",
    },
  );
}

/** True if no line of the stream was recognised, and its name does not have the form of Lambda's names. */
function isOfSomethingElse({ unrecognised, logStreamName, foreign }: CollectedStream): boolean {
  return unrecognised && !foreign && !isStreamName(logStreamName);
}

/** If most streams belong to something else, an answer such as "one environment, nothing found" would be a guess. */
function refuseUnrecognised(streams: readonly CollectedStream[]): void {
  const others = streams.filter(isOfSomethingElse);
  const [first] = others;
  if (first !== undefined && 2 * others.length > streams.length)
    throw wrongInput(
      `${first.sources[0] ?? first.logStreamName}: expected logs of a Lambda function, found ${others.length} of ${streams.length} log streams of something else: no line of the Lambda platform, of a runtime or of a function's lifecycle. The first is ${first.logStreamName}.`,
      {
        hint: "Give the log group of the function: /aws/lambda/NAME, or the group that its logging configuration names.",
      },
    );
  const [stream] = streams;
  if (stream === undefined || streams.some(({ unrecognised }) => !unrecognised)) return;
  throw wrongInput(
    `${stream.sources[0] ?? stream.logStreamName}: expected logs of a Lambda function, found lines that the function itself wrote, but none of the platform (START, REPORT, INIT_START).`,
    {
      hint: "Export the log without a filter pattern. At system log level WARN (JSON format) START and REPORT are not written: set it to INFO, or better DEBUG.",
    },
  );
}
