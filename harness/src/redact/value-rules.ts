/** How each kind of value is replaced, whichever file it is in. */
import { errorType, functionName, logGroup } from "./names.ts";
import type { Replacements } from "./replacements.ts";
import { either, matching, replaced } from "./rules.ts";

export type ValueRules = ReturnType<typeof valueRules>;

export function valueRules(names: Replacements) {
  const text = replaced((one) => names.text(one));
  const label = replaced((one) => names.numbered("function", one));
  const name = replaced((one) => functionName(names, one));
  const id = replaced((one) => names.id(one));
  const stream = replaced((one) => names.stream(one));
  const group = replaced((one) => logGroup(names, one));
  const client = replaced((one) => names.client(one));
  const peer = replaced((one) => names.numbered("peer", one));
  const host = replaced((one) => names.numbered("host", one));
  const address = replaced((one) => names.address(one));
  const session = replaced((one) => names.numbered("id", one));
  const type = replaced((one) => errorType(names, one));
  const qualifier = replaced((one) => names.version(one));
  // CloudWatch's event ids are numbers that give the order of the events of a stream, so they are kept.
  const eventId = either(matching(/^\d{56}$/), session);
  return {
    text,
    label,
    name,
    id,
    stream,
    group,
    client,
    peer,
    host,
    address,
    session,
    type,
    qualifier,
    eventId,
  };
}
