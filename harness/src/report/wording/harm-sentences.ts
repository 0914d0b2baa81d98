import type {
  Harmed,
  HarmFindings,
  HarmSuspected,
  PeerHeld,
  PlacesHeld,
  Suspect,
} from "../../result/findings/harm-findings.ts";
import { groupBy } from "../../base/group-by.ts";
import { durationMs, formatDuration, roundedDuration } from "../../base/time.ts";
import { CONNECTION_ERROR_WORDS, count, OPENED_WORDS } from "./fixed-words.ts";
import { HARM_UNKNOWN_REASONS } from "./harm-unknown-reasons.ts";
import type { Naming } from "./naming.ts";
import { codeAndText, serverName } from "./server-name.ts";
import { A, B, C, inWords, type Wording } from "./wording.ts";

const HELD: PeerHeld = {
  holder: A,
  earlierProcess: false,
  since: "2026-11-25T01:02:16.622Z",
  openedIn: "init",
  holderInvocations: 0,
  failed: [B],
  moreFailed: 0,
  invocations: 6,
  durationMs: 4_712,
  untilRunEnd: false,
  ownLinesOnly: false,
};

const HOLDER_A = {
  environment: A,
  earlierProcess: false,
  since: HELD.since,
  openedIn: "invoke",
  invocations: 3,
} as const;

const PLACES: PlacesHeld = {
  holders: [HOLDER_A],
  moreHolders: 0,
  idlePlaces: 1,
  places: 2,
  failed: [B],
  moreFailed: 0,
  invocations: 6,
  durationMs: 4_712,
  untilRunEnd: false,
  ownLinesOnly: false,
};

const SUSPECT_A = { environment: A, since: HELD.since, invocations: 0 } as const;

const SUSPECTED: HarmSuspected = {
  suspects: [SUSPECT_A],
  moreSuspects: 0,
  grade: "possible",
  failures: 30,
  ofFailures: 30,
  error: "nothing-listened",
  otherwise: "machine-down",
  decidedBy: "peer-log",
};

const HOLDER_B = {
  environment: B,
  earlierProcess: true,
  since: HELD.since,
  openedIn: null,
  invocations: 1,
} as const;

export const HARM_SENTENCES: Wording<HarmFindings> = {
  "peer-held": [
    (held, naming) =>
      `${holderSentences(held, naming)}${keptOutSentence(held, naming)} ${failedSentence(held, naming)}${refusedSentence(held, naming)}${ownLinesSentence(held)}`,
    {
      ...HELD,
      refusal: { protocol: "postgres", code: "53300", text: 'too many connections for role "fn"' },
      until: "2026-11-25T01:02:19.100Z",
      keptOutAt: "2026-11-25T01:02:17.304Z",
      holderInitMissing: true,
    },
    HELD,
    { ...HELD, openedIn: null, holderInvocations: 1, failed: [B, C], invocations: 1, durationMs: 41.2 },
    { ...HELD, earlierProcess: true, openedIn: "invoke", holderInvocations: 3, untilRunEnd: true },
    { ...HELD, failed: [A, B, C], moreFailed: 2, durationMs: 90_000, ownLinesOnly: true },
    { ...HELD, openedIn: "after-init" },
    { ...HELD, openedIn: null, holderInvocations: 3, holderInitMissing: true },
    { ...HELD, refusal: { protocol: "mqtt", code: "0x97", text: null } },
  ],
  "places-held": [
    (held, naming) =>
      `${placesSentence(held)}: ${holdersList(held, naming)}. ${failedSentence(held, naming)}${refusedSentence(held, naming)}${ownLinesSentence(held)}`,
    {
      ...PLACES,
      refusal: { protocol: "mysql", code: "1040", text: "Too many connections" },
    },
    PLACES,
    { ...PLACES, places: null },
    { ...PLACES, holders: [{ ...HOLDER_A, openedIn: null, invocations: 0, initMissing: true }] },
    { ...PLACES, holders: [{ ...HOLDER_A, openedIn: null, initMissing: true }] },
    { ...PLACES, holders: [...PLACES.holders, ...PLACES.holders], idlePlaces: 2 },
    { ...PLACES, holders: [...PLACES.holders, { ...HOLDER_B, invocations: 0 }] },
    {
      ...PLACES,
      holders: [
        { environment: A, earlierProcess: false, since: HELD.since, openedIn: "init", invocations: 0 },
        HOLDER_B,
      ],
      moreHolders: 5,
      idlePlaces: 7,
      places: 10,
      failed: [B, C],
      untilRunEnd: true,
      ownLinesOnly: true,
    },
  ],
  "harm-suspected": [
    suspectedSentence,
    SUSPECTED,
    { ...SUSPECTED, grade: "likely", error: "reset", otherwise: "other-client", decidedBy: null },
    { ...SUSPECTED, suspects: [{ ...SUSPECT_A, invocations: 12 }], failures: 4, error: "full" },
    { ...SUSPECTED, suspects: [SUSPECT_A, { ...SUSPECT_A, environment: B }], moreSuspects: 2, error: null },
    { ...SUSPECTED, failures: 1, ofFailures: 1, error: "timed-out", otherwise: null },
  ],
  "harm-unknown": [
    ({ invocations, why }, naming) =>
      `It is not known whether ${count(invocations, "invocation was", "invocations were")} harmed: ${inWords(HARM_UNKNOWN_REASONS, why, naming)}.`,
    { invocations: 1, why: { code: "start-missing", parameters: {} } },
  ],
  "peer-reached": "No environment prevented another one from reaching the peer.",
};

/** The suspect and its grade, what fits as well, and what decides it. */
function suspectedSentence(suspected: HarmSuspected, naming: Naming): string {
  const { suspects, moreSuspects, grade, otherwise, decidedBy } = suspected;
  const one = suspects.length === 1;
  const names = suspects.map((suspect) => suspectWords(suspect, naming)).join("; ");
  const more = moreSuspects > 0 ? `; and ${moreSuspects} more` : "";
  const shown =
    grade === "likely" ? "" : ` Nothing shows that ${one ? "it" : "one of them"} had a connection then.`;
  const also = otherwise === null ? "" : OTHERWISE[otherwise];
  const decides = decidedBy === null ? "" : " The machine's own log decides it (--peer-log).";
  return `${one ? "Suspect" : "Suspects"} (${grade}): environment ${names}${more}. ${followSentence(suspected)}${shown}${also}${decides}`;
}

const OTHERWISE: Readonly<Record<NonNullable<HarmSuspected["otherwise"]>, string>> = {
  "machine-down": " The machine may also have been down, because nothing listened.",
  "other-client": " Another client may also have held the machine.",
};

function suspectWords({ environment, since, invocations }: Suspect, naming: Naming): string {
  const who = `${naming.environment(environment)}, initialised at ${naming.instant(since)}`;
  return invocations === 0
    ? `${who} and not invoked up to the end of the evidence`
    : `${who}, which served the last invocation before`;
}

function followSentence({ failures, ofFailures, error, suspects }: HarmSuspected): string {
  const single = failures === 1 && ofFailures === 1;
  const all = failures === ofFailures ? `All ${failures} failures` : `${failures} of ${ofFailures} failures`;
  const inits = suspects.length === 1 ? "its Init" : "their Inits";
  const what = suspects[0]?.invocations === 0 ? inits : "this";
  const [who, first] = single ? ["The only failure follows", "it"] : [`${all} follow`, "the first of them"];
  return `${who} ${what}; ${first} ${error === null ? "reached its time limit" : CONNECTION_ERROR_WORDS[error]}.`;
}

function holderSentences(held: PeerHeld, naming: Naming): string {
  const connection = held.openedIn === null ? "" : `, through a connection ${OPENED_WORDS[held.openedIn]}`;
  const [who, it] = held.earlierProcess
    ? ["An earlier process of environment", "That environment"]
    : ["Environment", "It"];
  const to = held.until === undefined ? "on" : `to ${naming.instant(held.until)}`;
  return `${who} ${naming.environment(held.holder)} held the peer from ${naming.instant(held.since)} ${to}${connection}. ${handledSentence(held, it)}`;
}

function handledSentence({ holderInvocations, holderInitMissing }: PeerHeld, it: string): string {
  if (holderInitMissing === true)
    return holderInvocations === 0
      ? "The evidence shows neither its Init nor an invocation of it."
      : `The evidence shows ${count(holderInvocations, "invocation")} of it, but not its Init.`;
  return holderInvocations === 0
    ? `${it} never handled an invocation (INIT WITHOUT INVOKE).`
    : `${it} handled ${count(holderInvocations, "invocation")} in its life.`;
}

/** The sentence that is added for an environment whose invocation failed only after the holder's connection had ended. */
function keptOutSentence({ keptOutAt, failed }: PeerHeld, naming: Naming): string {
  const [first] = failed;
  return keptOutAt === undefined || first === undefined
    ? ""
    : ` It kept environment ${naming.environment(first)} from the peer at ${naming.instant(keptOutAt)}, and that environment had no connection after that.`;
}

/** What the server said to the first environment that it turned away. */
function refusedSentence({ refusal, failed }: Harmed, naming: Naming): string {
  if (refusal === undefined) return "";
  const [first] = failed;
  const whom = first === undefined ? "the client" : naming.environment(first);
  return ` ${serverName(refusal.protocol)} refused ${whom}: ${codeAndText(refusal)}.`;
}

function ownLinesSentence({ ownLinesOnly }: Harmed): string {
  return ownLinesOnly
    ? " This is known only from the function's own lifecycle lines. If another client held the peer meanwhile, a peer log that covers this time would show it (--peer-log)."
    : "";
}

function placesSentence({ idlePlaces, places, holders, moreHolders }: PlacesHeld): string {
  const connections = holders.length + moreHolders;
  const which =
    places === null
      ? count(idlePlaces, "place of the peer", "places of the peer")
      : `${idlePlaces} of the peer's ${count(places, "place")}`;
  const held = `${which} ${idlePlaces === 1 ? "was" : "were"} held by environments that were not at work`;
  return connections > idlePlaces
    ? `At the peak, ${held}. While invocations failed, these environments held places with ${count(connections, "connection")}`
    : held;
}

/** Connections of one environment that were opened in the same phase are one entry, with the time of the first connection. */
function holdersList({ holders, moreHolders }: PlacesHeld, naming: Naming): string {
  const alike = groupBy(holders, ({ environment, earlierProcess, openedIn }) =>
    [environment, earlierProcess, openedIn].join(" "),
  );
  const each = [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { environment, earlierProcess, since, openedIn } = first;
    const who = `${earlierProcess ? "an earlier process of " : ""}environment ${naming.environment(environment)}`;
    const several = group.length === 1 ? "" : ` with ${group.length} connections`;
    const connection = openedIn === null ? "" : `, ${OPENED_WORDS[openedIn]}`;
    return [`${who}${several} from ${naming.instant(since)} on${connection} (${handledWords(first)})`];
  });
  return [...each, ...(moreHolders > 0 ? [`${count(moreHolders, "more connection")}`] : [])].join("; ");
}

function handledWords({ invocations, initMissing }: PlacesHeld["holders"][number]): string {
  if (initMissing === true)
    return invocations === 0
      ? "no Init and no invocation in the evidence"
      : `${count(invocations, "invocation")} and no Init in the evidence`;
  return invocations === 0 ? "INIT WITHOUT INVOKE" : count(invocations, "invocation");
}

function failedSentence(held: Harmed, naming: Naming): string {
  const names = held.failed.map((id) => naming.environment(id)).join(", ");
  const more = held.moreFailed > 0 ? ` and ${held.moreFailed} more` : "";
  const who = `${held.failed.length === 1 ? "Environment" : "Environments"} ${names}${more}`;
  const length = formatDuration(roundedDuration(durationMs(held.durationMs)));
  const end = held.untilRunEnd ? ", up to the end of the run" : "";
  return `${who} failed ${count(held.invocations, "invocation")} in ${length}${end}.`;
}
