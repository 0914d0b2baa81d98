/**
 * Judges the evidence of a run. The result depends only on the evidence and the settings. So an old run, or a run that has not ended, can
 * be judged at any time.
 */
import { earlier, momentBy, onAxis } from "../base/clocks.ts";
import type { GatheredEvidence, GatheredFunction } from "../evidence/gathered-evidence.ts";
import type { JudgedFinding, JudgedFunction, Judgement } from "../result/judgement.ts";
import { capacityOfRun, type Capacity } from "../words/capacity.ts";
import type { Lever } from "../words/lever.ts";
import { worstVerdict } from "../words/verdict.ts";
import { epochMs, parseIsoTime, type EpochMs } from "../base/time.ts";
import { evidenceOfPeers } from "./evidence-of-peers.ts";
import { strangersSeen } from "./attribution/only-client.ts";
import { compareMetrics } from "./attribution/compare-metrics.ts";
import { withPlacesInUse } from "./attribution/used-in-turn.ts";
import { checkNamed } from "./verdict/checks/all-checks.ts";
import { iso } from "./verdict/describe-environment.ts";
import { describeRuntime } from "./verdict/describe-runtime.ts";
import type { LinkConnection } from "./timeline/environment.ts";
import { linksWhole, readLinks } from "./timeline/link-timeline.ts";
import { orderedJournal, type SaidInJournal } from "./timeline/ordered-journal.ts";
import { exitCode, expectationsMet } from "./verdict/exit-code.ts";
import { assessFunction } from "./verdict/assess-function.ts";
import { assessInvocations } from "./verdict/assessed-invocation.ts";
import { competingFunctions, contender, type Contender } from "./verdict/competing-functions.ts";
import { shortenLists } from "./verdict/shorten-lists.ts";
import { worstOfPeers } from "./verdict/worst-of-peers.ts";
import type { JudgementSettings } from "../record/judgement-settings.ts";
import { stated } from "./stated.ts";
import { unnumberedSources } from "./unnumbered-sources.ts";
import { isJudged, refusedUnheard, unreachedServer } from "./unreached-server.ts";
import { streamNames } from "./timeline/order-events.ts";
import type { FunctionHistory } from "./correlate/function-history.ts";
import { correlateEvidence, type CorrelationInput } from "./correlate/correlate-evidence.ts";

export function analyze(evidence: GatheredEvidence, settings: JudgementSettings): Judgement {
  const journal = evidence.journal === null ? null : orderedJournal(evidence.journal);
  const journalHoles = journal?.missing ?? 0;
  // This map is used only to recognise streams of other functions. So it is empty if there is one function.
  const streamsOf = new Map(
    evidence.functions.length < 2 ? [] : evidence.functions.map((one) => [one.name, streamNames(one)]),
  );
  const span = runSpan(evidence, journal?.said ?? null);
  const { linksOf, whole } = linksOfRun(evidence);
  const unread: Judgement["unreadable"][number][] = [];
  /** The functions that found nothing listening at an attempt, because the peer was full. */
  const full = new Set<string>();
  const contenders: Contender[] = [];
  const strangers: string[] = [];
  const ownPeer = evidence.manifest?.profile.admission != null;
  const judge: FunctionJudge = (one, { capacity, peer, first }) => {
    const links = linksOf.get(one.name) ?? null;
    const input: CorrelationInput = {
      ...{ evidence, journal },
      probed: evidence.manifest?.peers?.find(({ name }) => name === peer) ?? null,
      links: peer === null || links === null ? links : links.filter((link) => link.peer === peer),
      linksWhole: whole,
      settings: { ...settings, capacity },
      streamsOf,
    };
    const correlated = withMetrics(correlateEvidence(input, one), one);
    const history = ownPeer ? correlated : withPlacesInUse(correlated);
    if (refusedUnheard(history)) full.add(one.name);
    strangers.push(...strangersSeen(history));
    const judged = assessInvocations(history);
    if (streamsOf.size > 0) contenders.push(contender(history, judged, { peer, ownPeer }));
    for (const { id, unread: own } of history.environments)
      if (first && own.lines > 0) unread.push({ source: id, ...own });
    const runEnd = span.end ?? history.evidenceEnd ?? epochMs(0);
    const runFrom =
      span.from ??
      history.environments.reduce<EpochMs | null>(
        (earliest, { firstLine }) => earlier(earliest ?? firstLine, firstLine),
        null,
      );
    return {
      ...assessFunction({
        history,
        judged,
        functionArn: one.functionArn,
        runFrom,
        runEnd,
        journalHoles,
        unreadableSources: unnumberedSources(one, history),
      }),
      ...describeRuntime(history, evidence.manifest),
    };
  };
  const alone = evidence.functions.map((one) =>
    judgeByPeer(one, { manifest: evidence.manifest, settings, links: linksOf.get(one.name) ?? [], judge }),
  );
  const competing = competingFunctions(contenders, streamsOf);
  const functions = alone.map((one) => shortenLists(withFindings(one, competing.get(one.name))));
  const verdict = worstVerdict(functions.map((one) => one.verdict));
  const unreached = evidence.functions.flatMap((one, index) => {
    const found = unreachedServer(one.name, linksOf.get(one.name) ?? []);
    return found.length > 0 && (full.has(one.name) || isJudged(functions[index])) ? [] : found;
  });
  const notices = [...(journal?.said.notices ?? []), ...stated(evidence, settings, strangers), ...unreached];
  const met = expectationsMet(functions, settings.expectations);
  const local = evidence.manifest?.target === "local";
  const status = evidence.manifest?.status ?? null;
  return {
    verdict,
    expectationsMet: met,
    exitCode: exitCode({
      verdict,
      expectationsMet: met,
      interrupted: status === "interrupted" || status === "aborted",
      engineBroke: local && functions.some(showsBug),
    }),
    run: describeRun(evidence, settings, { ...span, levers: journal?.said.levers ?? new Set() }),
    functions,
    unreadable: [...evidence.functions.flatMap((one) => one.unreadable), ...unread],
    ...(notices.length === 0 ? {} : { notices }),
  };
}

/** The connections of each function, in the order of the link log. Null if there is no link log. */
function linksOfRun({ functions }: GatheredEvidence): {
  readonly linksOf: ReadonlyMap<string, readonly LinkConnection[] | null>;
  /** Whether the link logs have every connection. */
  readonly whole: boolean;
} {
  const linksOf = new Map(
    functions.map(({ name, linkLog }) => [name, linkLog === null ? null : readLinks(linkLog)]),
  );
  return { linksOf, whole: linksWhole([...linksOf.values()].flatMap((links) => links ?? [])) };
}

type FunctionJudge = (
  one: GatheredFunction,
  about: {
    readonly capacity: Capacity;
    /** Null if the function has only one peer. */
    readonly peer: string | null;
    /** Whether this is the first peer of the function. The lines of the function are counted only with this peer, and so only once. */
    readonly first: boolean;
  },
) => JudgedFunction;

function judgeByPeer(
  one: GatheredFunction,
  {
    manifest,
    settings,
    links,
    judge,
  }: Pick<GatheredEvidence, "manifest"> & {
    readonly settings: JudgementSettings;
    readonly links: readonly LinkConnection[];
    readonly judge: FunctionJudge;
  },
): JudgedFunction {
  const peers = severalPeers(one, manifest);
  if (peers.length === 0) return judge(one, { capacity: settings.capacity, peer: null, first: true });
  const { every, named } = settings.peerCapacities;
  const own = evidenceOfPeers(
    one,
    peers.map(({ name }) => name),
  );
  return worstOfPeers(
    peers.map(({ name, address, capacity }, index) => {
      const about = own.get(name) ?? one;
      const protocol =
        links.findLast((link) => link.peer === name && link.protocol !== null)?.protocol ?? null;
      const places = named[name] ?? every ?? capacity ?? settings.capacity;
      const judged = judge(about, { capacity: places, peer: name, first: index === 0 });
      return { peer: { name, address }, protocol, judged };
    }),
  );
}

function withFindings(one: JudgedFunction, more: readonly JudgedFinding[] = []): JudgedFunction {
  return more.length === 0 ? one : { ...one, findings: [...one.findings, ...more] };
}

/** If CloudWatch's metrics agree with the log, every later step counts invocations with an unknown outcome as successes. */
function withMetrics(history: FunctionHistory, { metrics }: GatheredFunction): FunctionHistory {
  return metrics === undefined ? history : { ...history, metrics: compareMetrics(history, metrics) };
}

interface OneOfSeveral {
  readonly name: string;
  readonly address: string | null;
  /** Null if the run has no manifest. */
  readonly capacity: Capacity | null;
}

/** Without a manifest, the peer logs name the peers. Empty if the function has at most one peer. */
function severalPeers(
  one: GatheredFunction,
  manifest: GatheredEvidence["manifest"],
): readonly OneOfSeveral[] {
  const ofRun = manifest?.functions.find(({ name }) => name === one.name)?.peers;
  return (
    ofRun?.map((peer) => ({
      name: peer.name,
      address: peer.host.includes(":") ? `[${peer.host}]:${peer.port}` : `${peer.host}:${peer.port}`,
      capacity: capacityOfRun(peer),
    })) ?? (one.peerNames ?? []).map((name) => ({ name, address: null, capacity: null }))
  );
}

function showsBug(one: JudgedFunction): boolean {
  return one.findings.some(
    ({ check, status }) => status === "found" && checkNamed(check)?.foundMeansBug === true,
  );
}

interface OpenSpan {
  readonly from: EpochMs | null;
  readonly end: EpochMs | null;
}

function runSpan({ manifest }: GatheredEvidence, said: SaidInJournal | null): OpenSpan {
  if (said === null) return { from: null, end: null };
  const timeOf = (text: string | null | undefined): EpochMs | null =>
    text == null ? null : onAxis(momentBy("driver", parseIsoTime(text)));
  return {
    from: timeOf(said.driveStarted) ?? timeOf(manifest?.createdAt),
    end: timeOf(said.driveEnded ?? said.last),
  };
}

function describeRun(
  evidence: GatheredEvidence,
  settings: JudgementSettings,
  { from, end, levers }: OpenSpan & { readonly levers: ReadonlySet<Lever> },
): Judgement["run"] {
  const { manifest, plan } = evidence;
  return {
    id:
      manifest === null
        ? "logs"
        : `${manifest.createdAt.replace(/[-:]|\.\d+/g, "")}${manifest.profile.seed === null ? "" : `-${manifest.profile.seed}`}`,
    target: manifest?.target ?? "logs",
    from: iso(from),
    to: iso(end),
    status: manifest?.status ?? null,
    platform: plan?.profile ?? manifest?.profile.platform ?? null,
    seed: manifest?.profile.seed ?? plan?.seed ?? null,
    isolation: manifest?.isolation ?? null,
    toolVersion: settings.toolVersion,
    durationMs: manifest?.profile.durationMs ?? null,
    intervalMs: manifest?.profile.intervalMs ?? null,
    ...(levers.size === 0 ? {} : { provoked: [...levers] }),
  };
}
