/** The rule of each file of a run directory (docs/run-format.md#runs-that-may-be-shown). */
import { ATTEMPT_OUTCOMES, CONNECTION_END_KINDS } from "../domain/connection-outcome.ts";
import { ENDED } from "../domain/ended-environment.ts";
import { CODE_PHASES } from "../domain/lifecycle-words.ts";
import { LINK_ENDED_BY, LINK_EVENTS } from "../domain/link-log.ts";
import { MANIFEST } from "../domain/manifest.ts";
import { PEER_EVENTS, SERVER_LIMITS } from "../domain/peer-log.ts";
import { APPLIED_RESULTS, ENDINGS } from "../domain/plan.ts";
import { PLAN } from "../domain/plan-file.ts";
import { journalRule } from "./journal-rule.ts";
import type { Replacements } from "./replacements.ts";
import { ruleOf } from "./rule-of.ts";
import { boolean, instant, list, members, number, oneOf, time, type Rule } from "./rules.ts";
import { valueRules, type ValueRules } from "./value-rules.ts";

export type RedactedFile = "manifest" | "plan" | "journal" | "logs" | "peer" | "link" | "applied" | "metrics";

export function runRules(names: Replacements): Readonly<Record<RedactedFile, Rule>> {
  const texts = valueRules(names);
  return {
    manifest: ruleOf(MANIFEST, texts),
    plan: ruleOf(PLAN, texts),
    journal: journalRule(texts),
    logs: logsRule(texts),
    peer: peerRule(texts),
    link: linkRule(texts),
    applied: appliedRule(texts),
    metrics: metricsRule(texts),
  };
}

function logsRule({ stream, group, eventId, message }: ValueRules): Rule {
  return members({
    logGroup: group,
    logStreamName: stream,
    timestamp: instant,
    message,
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

function linkRule({
  text,
  functionName: name,
  stream,
  client,
  peer,
  address,
  session,
  systemCode,
  serverCode,
  protocol,
}: ValueRules): Rule {
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
    error: systemCode,
    protocol,
    catalogue: number,
    outcome: oneOf(...ATTEMPT_OUTCOMES),
    code: serverCode,
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

function appliedRule({ text, functionName: name, stream }: ValueRules): Rule {
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

function metricsRule({ label, functionName: name }: ValueRules): Rule {
  return members({
    function: label,
    functionName: name,
    readAt: time,
    from: time,
    to: time,
    points: list(members({ time, invocations: number, errors: number })),
  });
}
