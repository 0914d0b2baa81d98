/** Examples of the parameters of each finding code, one for each form of its sentence. A code without an example does not compile. */
import type { FindingParameters } from "../../../src/domain/findings/finding-parameters.ts";
import type { PeerHeld } from "../../../src/domain/findings/harm-findings.ts";
import type { HarmUnknownParameters } from "../../../src/domain/findings/harm-unknown.ts";
import type { HolderUnknownParameters } from "../../../src/domain/findings/holder-unknown.ts";

type Examples<Parameters> = {
  readonly [Code in keyof Parameters]: readonly [Parameters[Code], ...(readonly Parameters[Code][])];
};

const A = "2026/11/25/[$LATEST]aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B = "2026/11/25/[$LATEST]bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const C = "2026/11/25/[$LATEST]cccccccccccccccccccccccccccccccc";
const NONE = [{}] as const;
const SPAN = { from: "2026-11-25T01:02:00.000Z", to: "2026-11-25T02:02:00.000Z" };

const held: PeerHeld = {
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

const holderUnknown: Examples<HolderUnknownParameters> = {
  "peer-clock-apart": NONE,
  "environment-clocks-apart": NONE,
  "holder-changed-near": NONE,
  "other-connected-near": NONE,
  "connection-ended-near": NONE,
  "ended-connection-served": NONE,
  "other-client-possible": NONE,
  "served-since": NONE,
  "other-client-since": NONE,
  "stream-missing": [{ logStream: C }],
  "boot-missing": [{ bootId: "1f" }, { bootId: null }],
  "client-gone": NONE,
  "client-untold": NONE,
  "client-unnamed": NONE,
  "peer-lines-missing": NONE,
  "link-line-missing": NONE,
  "last-lines-missing": NONE,
  "last-ambiguous": NONE,
  "last-maybe-gone": [{ environment: A }],
  "not-busy": NONE,
  "no-open-connection": NONE,
  "holder-process-died": NONE,
  "peer-restarted": NONE,
  "lease-not-awaited": NONE,
  "lease-peer-unavailable": NONE,
  "lease-unused": NONE,
  "lease-holder-not-served": NONE,
};

const harmUnknown: Examples<Omit<HarmUnknownParameters, "holder-unknown">> = {
  "start-missing": NONE,
  "outcome-unknown": NONE,
  "end-missing": NONE,
  "lines-missing": NONE,
  "no-line": NONE,
  "nothing-shows": NONE,
  "answer-or-refusal": NONE,
  "timed-out-silently": NONE,
  "connections-ambiguous": NONE,
  "peer-clock-fits-nowhere": NONE,
  "kept-connection-untold": NONE,
  "later-connection-possible": NONE,
  "refusal-unconfirmed": NONE,
  "attempt-evicted": NONE,
  "evicted-then-untold": NONE,
  "evictor-without-log": NONE,
  "evictor-unnamed": NONE,
  "evictor-not-shown": NONE,
  "turned-away-by-nobody": NONE,
};

/** Each code with each of its examples. */
export function each<Parameters>(
  examples: Examples<Parameters>,
): readonly { readonly code: string; readonly parameters: unknown }[] {
  return Object.entries(examples as Examples<Record<string, unknown>>).flatMap(([code, all]) =>
    all.map((parameters) => ({ code, parameters })),
  );
}

const harmUnknowns = [
  ...each(harmUnknown),
  ...each(holderUnknown).map((why) => ({ code: "holder-unknown", parameters: { why } })),
].map((why) => ({ invocations: 2, why })) as unknown as Examples<FindingParameters>["harm-unknown"];

export const EXAMPLES: Examples<FindingParameters> = {
  "peer-held": [
    held,
    { ...held, openedIn: null, holderInvocations: 1, failed: [B, C], invocations: 1, durationMs: 41.2 },
    { ...held, earlierProcess: true, openedIn: "invoke", holderInvocations: 3, untilRunEnd: true },
    { ...held, failed: [A, B, C], moreFailed: 2, durationMs: 90_000, ownLinesOnly: true },
  ],
  "harm-unknown": [{ invocations: 1, why: { code: "start-missing", parameters: {} } }, ...harmUnknowns],
  "peer-reached": NONE,

  "environments-overlapped": [
    { invoked: A, alive: B, assumedLifeMs: null, initEndInferred: false },
    { invoked: A, alive: B, assumedLifeMs: 300_000, initEndInferred: true },
  ],
  "no-overlap": NONE,
  "never-invoked": [
    { environment: A, initEndInferred: false },
    { environment: A, initEndInferred: true },
  ],
  "never-invoked-open": [{ environments: 1 }, { environments: 2 }],
  "all-invoked": NONE,
  "environment-replaced": [{ later: B, earlier: A }],
  "none-replaced": NONE,
  "process-reset": [
    { environment: A, reset: "timeout" },
    { environment: A, reset: "crash" },
    { environment: A, reset: "out-of-memory" },
  ],
  "none-reset": NONE,
  "init-repeated": [{ environment: A }],
  "no-init-repeated": NONE,

  "opened-in-init": [
    { environment: A, accepted: true },
    { environment: A, accepted: false },
  ],
  "opened-in-init-unknown": [
    { environment: A, why: { code: "no-boot", parameters: {} } },
    { environment: A, why: { code: "init-before-evidence", parameters: {} } },
    { environment: A, why: { code: "init-end-missing", parameters: {} } },
    { environment: A, why: { code: "boot-line-missing", parameters: {} } },
  ],
  "none-opened-in-init": NONE,
  "held-across-freeze": [
    { environment: A, openedIn: "init" },
    { environment: A, openedIn: null },
  ],
  "held-across-freeze-unknown": [
    { environment: A, why: { code: "connections-not-shown", parameters: {} } },
    { environment: A, why: { code: "connections-not-counted", parameters: {} } },
    { environment: A, why: { code: "connection-end-missing", parameters: {} } },
    { environment: A, why: { code: "disconnects-not-written", parameters: {} } },
  ],
  "none-held-across-freeze": NONE,
  "open-at-shutdown": [{ environment: A }],
  "open-at-shutdown-unknown": [{ environment: A }],
  "none-open-at-shutdown": NONE,
  "no-environment": NONE,

  "no-driver": NONE,
  "journal-events-missing": [{ events: 1 }, { events: 2 }],
  "invocations-ended-twice": [{ invocations: 2, first: 7 }],
  "invocations-without-end": [{ invocations: 1, first: 7 }],
  "invocations-not-sent": [{ invocations: 1 }, { invocations: 2 }],
  "evidence-problem": [{ told: "Log reading stopped: access was denied." }],
  "invocations-accounted": NONE,
  "stream-incomplete": [
    { environment: A, problem: { code: "init-missing", parameters: { since: "2026-11-24" } } },
    { environment: A, problem: { code: "init-missing", parameters: { since: null } } },
    { environment: A, problem: { code: "lines-before-init", parameters: {} } },
    { environment: A, problem: { code: "records-dropped", parameters: {} } },
    { environment: A, problem: { code: "starts-missing", parameters: { starts: 1 } } },
    { environment: A, problem: { code: "ends-missing", parameters: { starts: 2 } } },
    { environment: A, problem: { code: "lifecycle-lines-missing", parameters: {} } },
  ],
  "invocations-in-no-stream": [{ invocations: 1 }, { invocations: 2 }],
  "invocations-in-many-streams": [{ invocations: 1 }, { invocations: 2 }],
  "logs-not-settled": NONE,
  "logs-settled-incomplete": [{ invocations: 1 }, { invocations: 2 }],
  "stream-missing": [{ logStream: C }],
  "peer-log-foreign": [{ found: 1, of: 5 }],
  "peer-log-nameless": [{ connections: 1 }, { connections: 5 }],
  "no-stream": NONE,
  "streams-complete": NONE,
  "nothing-reserved": NONE,
  "never-overlapped": NONE,
  "overlapped-reserved-unknown": [{ invocations: 2 }],
  "reserved-kept": [{ reserved: 1 }, { reserved: 2 }],
  "reserved-exceeded": [{ invocations: 2, reserved: 1 }],
  "clocks-apart": [
    { toleranceMs: 1_000, between: "driver-and-functions", atLeastMs: 1_500, atMostMs: null },
    { toleranceMs: 1_000, between: "peer-and-functions", atLeastMs: null, atMostMs: -1_500 },
  ],
  "peer-clock-fits-nowhere": [{ toleranceMs: 1_000 }],
  "clocks-not-compared": NONE,
  "clocks-agree": [
    {
      toleranceMs: 1_000,
      ranges: [
        { between: "driver-and-functions", atLeastMs: -4, atMostMs: 2 },
        { between: "peer-and-functions", atLeastMs: -2_000, atMostMs: 0 },
      ],
    },
  ],
  "outcomes-unknown": [
    { invocations: 1, why: "ambiguous-line", runtime: "dotnet:8.v47" },
    { invocations: 2, why: "started-again", runtime: "python:3.12.v105" },
    { invocations: 2, why: "runtime-unknown", runtime: null },
    { invocations: 2, why: "client-silent", runtime: "provided:al2023.v16" },
    { invocations: 2, why: "level-unknown", runtime: "python:3.12.v105" },
    { invocations: 2, why: "level-hides", runtime: "python:3.12.v105" },
  ],
  "metrics-not-compared": [
    { why: "no-data-points" },
    { why: "no-span" },
    { why: "readings-differ" },
    { why: "read-once" },
    { why: "group-shared" },
  ],
  "metrics-agree": [
    { ...SPAN, invocations: 1, errors: 0, settled: 0 },
    { ...SPAN, invocations: 120, errors: 1, settled: 1 },
    { ...SPAN, invocations: 120, errors: 3, settled: 5 },
  ],
  "metrics-differ": [
    {
      ...SPAN,
      invocationsCounted: 1,
      errorsCounted: 0,
      invocationsLogged: 0,
      errorsLogged: 0,
      unknownLogged: 0,
    },
    {
      ...SPAN,
      invocationsCounted: 120,
      errorsCounted: 3,
      invocationsLogged: 120,
      errorsLogged: 1,
      unknownLogged: 4,
    },
  ],
  "source-unreadable": [{ source: "logs/peer.jsonl" }],
  "lines-not-understood": [{ lines: 1 }, { lines: 3 }],
  "lines-readable": NONE,

  "more-findings": [{ findings: 1 }, { findings: 360 }],
  "check-broken": [{ error: "no such environment" }],
};
