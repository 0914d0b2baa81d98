/** Makes the history of one function from its evidence. Only this file knows the order of the steps. */
import { durationMs, type EpochMs } from "../../base/time.ts";
import { NEVER, after, earlier, later, onAxis, type Moment } from "../../base/clocks.ts";
import type { GatheredEvidence, GatheredFunction } from "../../evidence/gathered-evidence.ts";
import { mapped } from "../../base/lazy.ts";
import { boundSkew, PEER_AND_FUNCTIONS } from "./bound-skew.ts";
import { driverTimeline, type DriverInvocation } from "../timeline/driver-timeline.ts";
import type { Attempt, LinkConnection, ObservedEnvironment } from "../timeline/environment.ts";
import { EnvironmentsById } from "../timeline/environments-by-id.ts";
import { foldStream } from "../timeline/fold-stream.ts";
import { heldSilently } from "./held-silently.ts";
import { holdFrom } from "../timeline/hold.ts";
import { listInvocations } from "../timeline/list-invocations.ts";
import { ClientNames } from "./name-clients.ts";
import { noteRefusedUnheard } from "./listens-when-free.ts";
import { peerLogFacts, readServerLog, type PeerLogFacts } from "./read-server-log.ts";
import { clockOf, withResolution } from "./log-resolution.ts";
import { joinConnections } from "./join-connections.ts";
import type { ProbedPeer } from "../../record/probe.ts";
import type { JudgementSettings } from "../../record/judgement-settings.ts";
import { probedManner } from "./outcome-by-manner.ts";
import { answersOf } from "./link-outcome.ts";
import { linkTimeline } from "../timeline/link-timeline.ts";
import type { OrderedJournal } from "../timeline/ordered-journal.ts";
import { orderedTimes } from "../timeline/ordered-times.ts";
import { orderedStreams } from "../timeline/order-events.ts";
import { noteAppliedEnds } from "../timeline/note-applied-ends.ts";
import { noteCrashes } from "../timeline/note-crashes.ts";
import { peerTimeline, type PeerTimeline } from "../timeline/peer-timeline.ts";
import { InvocationColumns } from "../timeline/packed-invocations.ts";
import { summariseBoots } from "./summarise-boots.ts";
import { startedAgain } from "../timeline/started-again.ts";
import { startsMissing } from "../timeline/starts-missing.ts";
import { resolveInits } from "../timeline/resolve-inits.ts";
import { observeCapacity } from "./observe-capacity.ts";
import type { FunctionHistory } from "./function-history.ts";

export interface CorrelationInput {
  readonly evidence: GatheredEvidence;
  readonly journal: OrderedJournal | null;
  readonly settings: JudgementSettings;
  /** The connections of the function to this peer. Null if there is no link log. */
  readonly links: readonly LinkConnection[] | null;
  /** What a probe saw of this peer before the run. Null if it was not probed. */
  readonly probed: ProbedPeer | null;
  /** Whether the link logs of the run have every connection. */
  readonly linksWhole: boolean;
  /** Log streams by function label. They show that a stream belongs to another function. */
  readonly streamsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

export function correlateEvidence(input: CorrelationInput, one: GatheredFunction): FunctionHistory {
  const { evidence } = input;
  const log = peerLogFacts(one.peerLog ?? []);
  const settings = withResolution(input.settings, one, log);
  const local = evidence.manifest?.target === "local";
  const successDeclared = evidence.manifest?.profile.success != null;
  const environments = foldStreams(one, logsAlone(one, input));
  const environmentById = new EnvironmentsById(environments);
  const driver = input.journal === null ? null : driverTimeline(one.name, input.journal);
  const driverByRequest = new Map<string, DriverInvocation>();
  for (const planned of driver?.invocations ?? [])
    if (planned.requestId !== null) driverByRequest.set(planned.requestId, planned);
  joinDriver(environments, driverByRequest, local);
  noteCrashes(environmentById, evidence.plan, evidence.applied);
  const evidenceEnd = endOfEvidence(environments, log.latest, input);
  resolveInits(environments, {
    evidenceEnd,
    initEndsVisible: driver?.logFormat === "JSON" && driver.systemLogLevel === "DEBUG",
  });
  const links = input.links === null ? null : linkTimeline(input.links);
  const whole = links !== null && input.linksWhole;
  const peer = peerOf(one, log, { settings, environments, links, local, evidenceEnd });
  const manner = probedManner(input.probed, { places: settings.capacity.places, evidenceEnd });
  const peerFitsAtMs = joinConnections({
    environments,
    peer,
    links,
    clock: clockOf(one, log, settings),
    local,
    answers: peer === null ? answersOf(driverByRequest, successDeclared) : null,
    // With a peer log the links are not needed here, because the log shows which connections the peer accepted.
    silent: heldSilently(peer === null ? links : null, { places: settings.capacity.places, whole }),
    manner,
  });
  if (links !== null) noteRefusedUnheard(links, peer, manner?.whenFull === "does-not-listen");
  noteAppliedEnds(environmentById, evidence.plan, evidence.applied);
  summariseBoots(environments, whole);
  const connections = listConnections(environments);
  const skew = boundSkew(environments, driverByRequest, settings.clockToleranceMs);
  const apart =
    peerFitsAtMs !== null ||
    skew.some((bound) => bound.beyond && (bound.between === PEER_AND_FUNCTIONS || bound.contradictory));
  return {
    name: one.name,
    settings,
    local,
    // If the peer's clock is wrong, its log does not show when the evidence ended.
    evidenceEnd: apart ? endOfEvidence(environments, null, input) : evidenceEnd,
    environments,
    orderToleranceMs: apart ? durationMs(Infinity) : local ? durationMs(0) : settings.clockToleranceMs,
    environmentById,
    invocations: listInvocations(environments),
    startedAgain: startedAgain(environments),
    startsMissing: startsMissing(environments),
    driver,
    driverByRequest,
    peer,
    links,
    linksWhole: whole,
    ...connections,
    metrics: null,
    capacity: observeCapacity({
      named: settings.capacity,
      ownPeer: evidence.manifest?.profile.admission != null,
      environments,
      holds: connections.holds,
      peer,
      links,
      linksWhole: whole,
    }),
    foreignStreams: foreignStreams(input, one.name),
    skew,
    peerFitsAtMs,
    reservedConcurrency: settings.reservedConcurrency ?? driver?.reservedConcurrency ?? null,
    successDeclared,
  };
}

function peerOf(
  { peerLog }: GatheredFunction,
  { ofServer }: PeerLogFacts,
  around: {
    readonly settings: JudgementSettings;
    readonly environments: readonly ObservedEnvironment[];
    readonly links: ReadonlyMap<string, LinkConnection[]> | null;
    readonly local: boolean;
    readonly evidenceEnd: EpochMs | null;
  },
): PeerTimeline | null {
  if (peerLog === null) return null;
  const { capacity, strangers, clockToleranceMs } = around.settings;
  const single = capacity.places === 1;
  if (!ofServer) {
    const names = new ClientNames(around.environments, strangers);
    return peerTimeline(
      mapped(peerLog, (record) => names.named(record)),
      { single },
    );
  }
  const until = after(around.evidenceEnd ?? NEVER, clockToleranceMs);
  const records = readServerLog([...peerLog], { ...around, strangers, single, until });
  return records === null ? null : peerTimeline(records, { single: false, ofServer: true });
}

/**
 * Whether no other source is joined with the function's log. Then nothing changes an environment after its log was read, so the environment
 * can be packed (stored as a few numbers).
 */
function logsAlone(
  { peerLog, linkLog, logClock }: GatheredFunction,
  { journal, evidence }: Pick<CorrelationInput, "journal" | "evidence">,
): boolean {
  const alone = peerLog === null && linkLog === null && journal === null && evidence.applied === null;
  return alone && logClock === undefined;
}

/** Without other sources (`alone`) nothing is joined later. So invocations that have only lines of the platform can be packed immediately. */
function foldStreams(one: GatheredFunction, alone: boolean): readonly ObservedEnvironment[] {
  const environments: ObservedEnvironment[] = [];
  const columns = alone ? new InvocationColumns() : null;
  for (const { name, events } of orderedStreams(one)) {
    const clock = one.logClock;
    const comparable = clock === undefined ? events : orderedTimes(events, clock);
    const environment = foldStream(name, comparable);
    if (environment.init !== null && clock !== undefined)
      environment.init.withinMs = durationMs(clock.resolutionMs - 1);
    columns?.pack(environment);
    environments.push(environment);
  }
  return environments;
}

/** An environment that ended during an invocation wrote no REPORT, but the driver's broken answer bounds the end. */
function joinDriver(
  environments: readonly ObservedEnvironment[],
  driverByRequest: ReadonlyMap<string, DriverInvocation>,
  local: boolean,
): void {
  for (const environment of environments) {
    const last = environment.invocations.at(-1);
    // Text logs name no tenant.
    if (last !== undefined) environment.tenantId ??= driverByRequest.get(last.requestId)?.tenantId ?? null;
    if (last === undefined || last.end !== null || last.start === null) continue;
    const driver = driverByRequest.get(last.requestId);
    if (driver?.outcome == null || driver.endedAt === null) continue;
    const broken =
      driver.outcome.outcome === "unknown" ||
      (driver.outcome.outcome === "invocation-error" &&
        (driver.outcome.status === null || driver.outcome.status >= 500));
    if (!broken) continue;
    // The answer broke off at most this long after START. A duration does not depend on the difference of clocks.
    const latest = after(last.start, driver.durationMs ?? 0);
    // The duration includes an Init before START. On one machine the driver's own time is a better bound.
    last.end = local ? later(last.start, earlier(latest, onAxis(driver.endedAt))) : latest;
    last.endedBy = "driver";
    environment.end = last.end;
    environment.ending = "vanished";
  }
}

function listConnections(
  environments: readonly ObservedEnvironment[],
): Pick<FunctionHistory, "holds" | "ownHolds" | "refused"> {
  const boots = environments.flatMap((environment) => environment.boots);
  const holds = boots.flatMap((boot) => boot.accepted).toSorted((a, b) => holdFrom(a) - holdFrom(b));
  return {
    holds,
    ownHolds: ownOf(holds),
    refused: boots.flatMap((boot) => boot.attempts.filter(({ outcome }) => outcome === "refused")),
  };
}

/**
 * The connections for which the function wrote a line, in order of that line. Usually these are all connections in the same order. Then the
 * same list is returned, because it can be very long.
 */
function ownOf(holds: readonly Attempt[]): readonly Attempt[] {
  const isNext = ({ ownLine, time }: Attempt, index: number): boolean =>
    ownLine && time >= (holds[index - 1]?.time ?? -Infinity);
  if (holds.every(isNext)) return holds;
  return holds.filter(({ ownLine }) => ownLine).sort((a, b) => a.time - b.time);
}

function foreignStreams(input: CorrelationInput, name: string): Set<string> {
  const foreign = new Set<string>();
  for (const [other, streams] of input.streamsOf)
    if (other !== name) for (const stream of streams) foreign.add(stream);
  return foreign;
}

function endOfEvidence(
  environments: readonly ObservedEnvironment[],
  latestOfPeer: Moment<"peer"> | null,
  { journal, settings }: Pick<CorrelationInput, "journal" | "settings">,
): EpochMs | null {
  if (settings.until !== null) return settings.until;
  let end: EpochMs | null = null;
  const extend = (time: EpochMs | null): void => {
    if (time !== null && (end === null || time > end)) end = time;
  };
  for (const { lastLine } of environments) extend(lastLine);
  // The log of a real server can continue long after the function's log was exported, so it does not extend the evidence.
  extend(onAxis(latestOfPeer));
  extend(onAxis(journal?.latest));
  return end;
}
