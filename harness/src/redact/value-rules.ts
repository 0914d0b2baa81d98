/** What is in the place of a value of each class, whichever file it is in. */
import { parseThreshold } from "../words/parse-threshold.ts";
import type { ValueClass } from "../record/schema/member.ts";
import { ALL_PROTOCOLS } from "../catalogue/protocols/all-protocols.ts";
import { errorType, functionName, logGroup, region } from "./names.ts";
import { MessageRedactor } from "./redact-message.ts";
import type { Replacements } from "./replacements.ts";
import { either, instant, matching, oneOf, replaced, time, type Rule } from "./rules.ts";
import { programOnMachine, runtimeName, version } from "./runtime-rules.ts";

export type ValueRules = Readonly<Record<ValueClass, Rule>>;

const threshold: Rule = (value) =>
  typeof value === "string" && parseThreshold(value).ok && !LONG_NUMBER.test(value) ? value : null;
/** A usual bound is shorter. A longer number could be anything. */
const LONG_NUMBER = /[\d.]{10}\s*$/;
/** Codes with which servers refuse or end connections (catalogue/protocols), and the system's codes of errors. Others are replaced. */
const SERVER_CODE =
  /^(?:\d{1,4}|0x[0-9a-f]{2}|08003|08004|08006|08P01|0A000|28000|28P01|3D000|53300|53400|55000|57P0[1-5]|XX000|NOAUTH|WRONGPASS|NOPERM|LOADING|MASTERDOWN|MaxStartups|busy|ER_CON_COUNT_ERROR)$/;
const SYSTEM_CODE =
  /^E(?:ACCES|ADDRINUSE|ADDRNOTAVAIL|AGAIN|AI_AGAIN|CANCELED|CONNABORTED|CONNREFUSED|CONNRESET|HOSTDOWN|HOSTUNREACH|INTR|INVAL|IO|MFILE|NETDOWN|NETUNREACH|NFILE|NOBUFS|NOENT|NOTCONN|NOTFOUND|PERM|PIPE|PROTO|TIMEDOUT)$/;

export function valueRules(names: Replacements): ValueRules {
  const text = replaced((one) => names.text(one));
  const session = replaced((one) => names.numbered("id", one));
  const messages = new MessageRedactor(names);
  return {
    time,
    instant,
    region,
    version,
    release: matching(/^\d{1,3}\.\d{1,3}\.\d{1,3}(?:-(?:alpha|beta|rc|dev)\.\d{1,3})?$/),
    machine: matching(/^(?:linux|darwin) (?:x64|arm64)$/),
    runtime: runtimeName,
    program: programOnMachine,
    threshold,
    protocol: oneOf(...ALL_PROTOCOLS.map((one) => one.name)),
    systemCode: either(matching(SYSTEM_CODE), text),
    serverCode: either(matching(SERVER_CODE), text),
    // CloudWatch's event ids are numbers that give the order of the events of a stream, so they are kept.
    eventId: either(matching(/^\d{56}$/), session),
    errorType: replaced((one) => errorType(names, one)),
    qualifier: replaced((one) => names.version(one)),
    message: replaced((one) => messages.redact(one)),
    text,
    label: replaced((one) => names.numbered("function", one)),
    functionName: replaced((one) => functionName(names, one)),
    id: replaced((one) => names.id(one)),
    stream: replaced((one) => names.stream(one)),
    group: replaced((one) => logGroup(names, one)),
    client: replaced((one) => names.client(one)),
    tenant: replaced((one) => names.numbered("tenant", one)),
    peer: replaced((one) => names.numbered("peer", one)),
    host: replaced((one) => names.numbered("host", one)),
    address: replaced((one) => names.address(one)),
    session,
  };
}
