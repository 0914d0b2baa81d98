import type {
  CompetingFunctions,
  ExposureFindings,
  TakenOver,
} from "../../result/findings/exposure-findings.ts";
import { durationMs, formatDuration, roundedDuration } from "../../base/time.ts";
import { count } from "./fixed-words.ts";
import type { Naming } from "./naming.ts";
import { A, B, C, type Wording } from "./wording.ts";

const TAKEN: TakenOver = {
  times: 3,
  durationMs: 6_012,
  delayed: 2,
  longestWaitMs: 1_043,
  withoutConnection: 0,
};

const COMPETING: CompetingFunctions = {
  holder: "meter",
  environments: [A],
  moreEnvironments: 0,
  turnedAway: "valve",
  invocations: 3,
};

function holderOf({ holder, environments, moreEnvironments }: CompetingFunctions, naming: Naming): string {
  const names = environments.map((id) => naming.environment(id)).join(", ");
  const more = moreEnvironments > 0 ? ` and ${moreEnvironments} more` : "";
  return `${environments.length === 1 ? "Environment" : "Environments"} ${names}${more} of function ${holder}`;
}

function turnedAwayOf({ turnedAway, invocations }: CompetingFunctions): string {
  return `${count(invocations, "invocation")} of function ${turnedAway}`;
}

function lengthOf(ms: number): string {
  return formatDuration(roundedDuration(durationMs(ms)));
}

function waitSentence({ delayed, longestWaitMs, withoutConnection }: TakenOver): string {
  const waited =
    longestWaitMs === null
      ? ""
      : ` ${count(delayed, "invocation")} waited for another connection, ${delayed === 1 ? "" : "the longest "}${lengthOf(longestWaitMs)}.`;
  const none =
    withoutConnection === 0 ? "" : ` ${count(withoutConnection, "invocation")} got no other connection.`;
  return waited + none;
}

function provokedWords(lever: string | undefined): string {
  return lever === undefined ? "" : `This was provoked (--provoke ${lever}).`;
}

export const EXPOSURE_SENTENCES: Wording<ExposureFindings> = {
  "environments-overlapped": [
    ({ invoked, alive, assumedLifeMs, initEndInferred, provokedBy }, naming) => {
      const other = `environment ${naming.environment(alive)}`;
      return [
        `Environment ${naming.environment(invoked)} was invoked while ${other} was alive.`,
        assumedLifeMs === null
          ? ""
          : `This assumes that an environment lives ${assumedLifeMs / 1_000} s after its Init (--idle-life).`,
        initEndInferred ? `The end of the Init of ${other} ${INFERRED}` : "",
        provokedWords(provokedBy),
      ]
        .filter((sentence) => sentence !== "")
        .join(" ");
    },
    { invoked: A, alive: B, assumedLifeMs: null, initEndInferred: false },
    { invoked: A, alive: B, assumedLifeMs: 300_000, initEndInferred: true },
    { invoked: A, alive: B, assumedLifeMs: null, initEndInferred: false, provokedBy: "versions" },
  ],
  "no-overlap":
    "No invocation began while a second environment of the function was alive and the peer was available, so the run shows nothing about this hazard.",
  "places-exposed": [
    ({ invoked, alive, moreAlive, perEnvironment, places, assumedLifeMs, provokedBy }, naming) => {
      const names = alive.map((id) => naming.environment(id)).join(", ");
      const others = `${names}${moreAlive > 0 ? ` and ${moreAlive} more` : ""}`;
      const hold =
        places === null
          ? "of which at least one was not at work"
          : `which could hold all ${count(places, "place")} of the peer (${count(perEnvironment, "connection")} each), and at least one of these environments was not at work`;
      const assumed =
        assumedLifeMs === null
          ? ""
          : ` This assumes that an environment lives ${assumedLifeMs / 1_000} s after its Init (--idle-life).`;
      return `Environment ${naming.environment(invoked)} was invoked while other environments were alive (${others}), ${hold}.${assumed} ${provokedWords(provokedBy)}`.trimEnd();
    },
    { invoked: A, alive: [B, C], moreAlive: 0, perEnvironment: 1, places: 2, assumedLifeMs: null },
    { invoked: A, alive: [B, C], moreAlive: 3, perEnvironment: 2, places: 10, assumedLifeMs: 300_000 },
    { invoked: A, alive: [B], moreAlive: 0, perEnvironment: 1, places: null, assumedLifeMs: null },
    {
      invoked: A,
      alive: [B],
      moreAlive: 0,
      perEnvironment: 1,
      places: null,
      assumedLifeMs: null,
      provokedBy: "update",
    },
  ],
  "places-not-exposed": [
    ({ reached, places }) =>
      `No invocation began while the other environments of the function could hold all ${count(places, "place")} of the peer and one of these environments was not at work, so the run shows nothing about this hazard. At most ${count(reached, "place")} could be held by other environments.`,
    { reached: 1, places: 2 },
    { reached: 7, places: 10 },
  ],
  "places-not-known":
    "It is not known how many connections the peer serves at one time (--capacity), so exposures cannot be counted, and the run shows nothing about this hazard.",
  "none-idle":
    "No invocation began while another environment of the function was alive and not at work, so the run shows nothing about this hazard.",
  "never-invoked": [
    ({ environment, initEndInferred }, naming) =>
      `Environment ${naming.environment(environment)} was initialised and never invoked.${initEndInferred ? ` The end of its Init ${INFERRED}` : ""}`,
    { environment: A, initEndInferred: false },
    { environment: A, initEndInferred: true },
  ],
  "never-invoked-open": [
    ({ environments }, { ofLogs }) =>
      `It is not known yet whether ${count(environments, "environment")} will be invoked: log events may still arrive, or ${ofLogs ? "the Init is not in the evidence (widen --since)" : "the run ended soon after the Init"}.`,
    { environments: 1 },
    { environments: 2 },
  ],
  "starts-not-shown": [
    ({ environments }, { ofLogs }) =>
      `It is not known whether ${count(environments, "environment")} ${environments === 1 ? "was" : "were"} invoked: other lines show invocations, but the log has no START, END or REPORT line${ofLogs ? " (give the whole log; a JSON log needs system log level INFO or DEBUG)" : ""}.`,
    { environments: 1 },
    { environments: 2 },
  ],
  "all-invoked": "Every environment that was initialised was invoked.",
  "environment-replaced": [
    ({ later, earlier }, naming) =>
      `Environment ${naming.environment(later)} was invoked for the first time while environment ${naming.environment(earlier)}, which had been invoked before, was still alive.`,
    { later: B, earlier: A },
  ],
  "none-replaced":
    "No environment was invoked for the first time while another environment, which had been invoked before, was still alive.",
  "process-reset": [
    ({ environment, reset }, naming) =>
      `A process of environment ${naming.environment(environment)} ended ${RESET_REASON[reset]}.`,
    { environment: A, reset: "timeout" },
    { environment: A, reset: "crash" },
    { environment: A, reset: "out-of-memory" },
  ],
  "none-reset": "No process ended by a time-out, by a crash or for lack of memory.",
  "taken-over": [
    ({ evicter, victim, ...taken }, naming) =>
      `Environment ${naming.environment(evicter)} took the connection of environment ${naming.environment(victim)}${taken.times === 1 ? "" : ` ${taken.times} times`}: the peer serves the newest client and ended the older connection.${waitSentence(taken)}`,
    { evicter: A, victim: B, ...TAKEN },
    { evicter: A, victim: B, ...TAKEN, times: 1, delayed: 0, longestWaitMs: null, withoutConnection: 1 },
    { evicter: A, victim: B, ...TAKEN, times: 1, delayed: 0, longestWaitMs: null },
  ],
  "taken-over-in-turn": [
    ({ first, second, reconnecting, ...taken }, naming) =>
      `Environments ${naming.environment(first)} and ${naming.environment(second)} took the connection from each other in turn, ${taken.times} times within ${lengthOf(taken.durationMs)}: each time one of them connected, the peer ended the connection of the other one.${reconnecting ? " Their clients connect again by themselves, so this goes on for as long as both environments run." : ""}${waitSentence(taken)}`,
    { first: A, second: B, reconnecting: true, ...TAKEN, times: 7 },
    { first: A, second: B, reconnecting: false, ...TAKEN, withoutConnection: 2 },
  ],
  "evicter-unknown": [
    ({ connections }) =>
      `It is not known for which client the peer ended ${count(connections, "connection")}: neither the peer's log nor the links name the client that connected (--peer-log).`,
    { connections: 1 },
    { connections: 2 },
  ],
  "perhaps-taken-over": [
    ({ connections, withinMs }) =>
      `The peer ended ${count(connections, "connection")} without a reason, less than ${lengthOf(withinMs)} after another environment had connected. It is not known whether the new connection was the reason: nothing that the link can read names the clients (--peer-log).`,
    { connections: 1, withinMs: 1_000 },
    { connections: 2, withinMs: 1_000 },
  ],
  "none-taken-over": "No environment took over the connection of another one.",
  "peer-shared": [
    ({ places, ...competing }, naming) =>
      places === 1
        ? `${holderOf(competing, naming)} kept ${turnedAwayOf(competing)} from the peer. Both functions use this peer, which serves one connection at a time.`
        : `${holderOf(competing, naming)} held places of the peer when the peer had no place for ${turnedAwayOf(competing)}. Both functions use this peer.`,
    { ...COMPETING, places: 1 },
    { ...COMPETING, environments: [A, B, C], moreEnvironments: 2, invocations: 1, places: 2 },
  ],
  "peer-perhaps-shared": [
    (competing, naming) =>
      `${holderOf(competing, naming)} had an open connection while ${turnedAwayOf(competing)} could not connect. If both functions use one peer, this connection may be the reason. A log of that peer which names its clients would show it (--peer-log ${competing.turnedAway}=FILE).`,
    COMPETING,
  ],
  "init-repeated": [
    ({ environment }, naming) =>
      `Environment ${naming.environment(environment)} ran its Init again inside an invocation.`,
    { environment: A },
  ],
  "no-init-repeated": "No Init ran again inside an invocation.",
};

const INFERRED = "is inferred; set the system log level to DEBUG to see it.";

const RESET_REASON = {
  timeout: "by a time-out",
  crash: "by a crash",
  "out-of-memory": "for lack of memory",
} as const;
