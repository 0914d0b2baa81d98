/** The members that are kept in each file of a run directory (docs/run-format.md#runs-that-may-be-shown). */
import { ADMISSIONS } from "../domain/admission.ts";
import { ATTEMPT_OUTCOMES, CONNECTION_END_KINDS } from "../domain/connection-outcome.ts";
import { ENDED } from "../domain/ended-environment.ts";
import { ISOLATIONS } from "../domain/isolation.ts";
import { CODE_PHASES } from "../domain/lifecycle-words.ts";
import { LINK_ENDED_BY, LINK_EVENTS } from "../domain/link-log.ts";
import { RUN_STATUSES } from "../domain/manifest.ts";
import { parseThreshold } from "../domain/parse-threshold.ts";
import { PEER_EVENTS, SERVER_LIMITS } from "../domain/peer-log.ts";
import {
  ACTION_NAMES,
  APPLIED_RESULTS,
  ENDINGS,
  PLACEMENTS,
  PLATFORM_PROFILES,
  SELECTORS,
} from "../domain/plan.ts";
import { KEPT_CONNECTIONS, UNKNOWN_CAPACITY } from "../domain/capacity.ts";
import { TARGETS } from "../domain/target.ts";
import { VERDICTS } from "../domain/verdict.ts";
import { ALL_PROTOCOLS } from "../protocols/all-protocols.ts";
import { region } from "./names.ts";
import { programOnMachine, runtimeName, version } from "./runtime-rules.ts";
import { journalRule } from "./journal-rule.ts";
import { valueRules, type ValueRules } from "./value-rules.ts";
import { MessageRedactor } from "./redact-message.ts";
import type { Replacements } from "./replacements.ts";
import {
  boolean,
  either,
  instant,
  list,
  matching,
  members,
  number,
  oneOf,
  replaced,
  time,
  type Rule,
} from "./rules.ts";

export type RedactedFile = "manifest" | "plan" | "journal" | "logs" | "peer" | "link" | "applied" | "metrics";

const admission = oneOf(...ADMISSIONS);
const capacity = either(number, oneOf(UNKNOWN_CAPACITY));
const threshold: Rule = (value) =>
  typeof value === "string" && parseThreshold(value).ok && !LONG_NUMBER.test(value) ? value : null;
/** A usual bound is shorter. A longer number could be anything. */
const LONG_NUMBER = /[\d.]{10}\s*$/;
/** Codes with which servers refuse or end connections (protocols/), and the system's codes of errors. Others are replaced. */
const SERVER_CODE =
  /^(?:\d{1,4}|0x[0-9a-f]{2}|08003|08004|08006|08P01|0A000|28000|28P01|3D000|53300|53400|55000|57P0[1-5]|XX000|NOAUTH|WRONGPASS|NOPERM|LOADING|MASTERDOWN|MaxStartups|busy|ER_CON_COUNT_ERROR)$/;
const SYSTEM_CODE =
  /^E(?:ACCES|ADDRINUSE|ADDRNOTAVAIL|AGAIN|AI_AGAIN|CANCELED|CONNABORTED|CONNREFUSED|CONNRESET|HOSTDOWN|HOSTUNREACH|INTR|INVAL|IO|MFILE|NETDOWN|NETUNREACH|NFILE|NOBUFS|NOENT|NOTCONN|NOTFOUND|PERM|PIPE|PROTO|TIMEDOUT)$/;

export function runRules(names: Replacements): Readonly<Record<RedactedFile, Rule>> {
  const values = valueRules(names);
  return {
    manifest: manifestRule(values),
    plan: planRule(values),
    journal: journalRule(values),
    logs: logsRule(values, new MessageRedactor(names)),
    peer: peerRule(values),
    link: linkRule(values),
    applied: appliedRule(values),
    metrics: metricsRule(values),
  };
}

function manifestRule({ text, label, name, client, peer, host }: ValueRules): Rule {
  return members({
    schemaVersion: number,
    tool: members({
      name: oneOf("lambda-longrun"),
      version: matching(/^\d{1,3}\.\d{1,3}\.\d{1,3}(?:-(?:alpha|beta|rc|dev)\.\d{1,3})?$/),
    }),
    status: oneOf(...RUN_STATUSES),
    createdAt: time,
    endedAt: time,
    target: oneOf(...TARGETS),
    region,
    isolation: oneOf(...ISOLATIONS),
    node: version,
    platform: matching(/^(?:linux|darwin) (?:x64|arm64)$/),
    functions: list(
      members({
        name: label,
        functionName: name,
        expected: oneOf(...VERDICTS),
        code: text,
        codeSha256: text,
        runtime: runtimeName,
        ranOn: programOnMachine,
        peers: list(members({ name: peer, host, port: number, capacity, capacityGiven: boolean })),
      }),
    ),
    profile: members({
      durationMs: number,
      intervalMs: number,
      platform: either(oneOf(...PLATFORM_PROFILES), text),
      seed: number,
      admission,
      peerIdleTimeoutMs: number,
      reservedConcurrency: number,
      capacity,
      capacityGiven: boolean,
      keptConnections: oneOf(...KEPT_CONNECTIONS),
      strangers: list(client),
      settleMs: number,
      clockToleranceMs: number,
      idleLifeMs: number,
      thresholds: list(threshold),
      success: text,
      stopOn: oneOf("harm"),
    }),
  });
}

function planRule({ text }: ValueRules): Rule {
  return members({
    schemaVersion: number,
    profile: either(oneOf(...PLATFORM_PROFILES), text),
    seed: number,
    durationMs: number,
    intervalMs: number,
    placement: oneOf(...PLACEMENTS),
    entries: list(
      members({
        offsetMs: number,
        action: oneOf(...ACTION_NAMES),
        environments: number,
        selector: oneOf(...SELECTORS),
        ending: oneOf(...ENDINGS),
        placement: oneOf(...PLACEMENTS),
      }),
    ),
  });
}

function logsRule({ stream, group, eventId }: ValueRules, messages: MessageRedactor): Rule {
  return members({
    logGroup: group,
    logStreamName: stream,
    timestamp: instant,
    message: replaced((one) => messages.redact(one)),
    ingestionTime: instant,
    eventId,
  });
}

function peerRule({ id, stream, client, peer, host, address, session, eventId }: ValueRules): Rule {
  return members({
    time,
    event: oneOf(...PEER_EVENTS),
    connection: number,
    remote: address,
    hello: members({ bootId: id, logStream: stream, phase: oneOf(...CODE_PHASES) }),
    server: members({
      client,
      user: client,
      database: client,
      limit: oneOf(...SERVER_LIMITS),
      session,
      resolutionMs: number,
    }),
    eventId,
    peer,
    host,
    port: number,
  });
}

function linkRule({ text, name, stream, client, peer, address, session }: ValueRules): Rule {
  return members({
    time,
    event: oneOf(...LINK_EVENTS),
    functionName: name,
    environment: stream,
    peer,
    boot: number,
    connection: number,
    upstreamLocal: address,
    by: oneOf(...LINK_ENDED_BY),
    ending: oneOf(...ENDINGS),
    answered: boolean,
    error: either(matching(SYSTEM_CODE), text),
    protocol: oneOf(...ALL_PROTOCOLS.map((one) => one.name)),
    catalogue: number,
    outcome: oneOf(...ATTEMPT_OUTCOMES),
    code: either(matching(SERVER_CODE), text),
    text,
    clientName: client,
    session,
    limit: oneOf(...SERVER_LIMITS),
    user: client,
    database: client,
    countsPlaces: boolean,
    end: oneOf(...CONNECTION_END_KINDS),
    goodbye: boolean,
    goodbyeAt: time,
    contradiction: text,
  });
}

function appliedRule({ text, name, stream }: ValueRules): Rule {
  return members({
    functionName: name,
    entry: number,
    result: oneOf(...APPLIED_RESULTS, ENDED),
    from: time,
    to: time,
    environments: list(stream),
    detail: text,
    environment: stream,
    time,
    ending: oneOf(...ENDINGS),
  });
}

function metricsRule({ label, name }: ValueRules): Rule {
  return members({
    function: label,
    functionName: name,
    readAt: time,
    from: time,
    to: time,
    points: list(members({ time, invocations: number, errors: number })),
  });
}
