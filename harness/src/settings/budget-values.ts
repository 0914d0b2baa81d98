/** The values of `longrun budget`'s flags. */
import { CAPACITY_MAX } from "../words/capacity.ts";
import type { LinkPlace } from "../words/link-place.ts";
import { PEER_NAME } from "../words/peer-name.ts";
import { accept, expected, type Parsed } from "./parsed.ts";
import { hostPort, linkChoice, wholeNumber, type HostPort } from "./value-parsers.ts";

const FUNCTION_NAME = /^[A-Za-z0-9-_]{1,140}$/;
const COUNT = wholeNumber({ min: 1, max: CAPACITY_MAX });

/** `postgres=db.internal:5432,limit=109`. */
export function budgetedServer(
  text: string,
): Parsed<HostPort & { readonly name: string; readonly limit: number }> {
  const [, name = "", at = "", most = ""] = /^([^=]*)=([^,]*),limit=(\d+)$/.exec(text) ?? [];
  const [address, limit] = [hostPort(at), COUNT(most)];
  return PEER_NAME.test(name) && address.ok && limit.ok
    ? accept({ name, ...address.value, limit: limit.value })
    : expected(
        "NAME=HOST:PORT,limit=NUMBER such as postgres=db.internal:5432,limit=109; the limit is what the server has for these functions",
      );
}

export function functionName(text: string): Parsed<string> {
  return FUNCTION_NAME.test(text) ? accept(text) : expected("the name of a function");
}

/** `orders=3`, or `orders=3,closed` if each connection is closed before the handler returns. */
export function connectionsOf(
  text: string,
): Parsed<{ readonly functionName: string; readonly count: number; readonly closed: boolean }> {
  const [, name = "", number = "", closed] = /^([^=]*)=(\d+)(,closed)?$/.exec(text) ?? [];
  const count = COUNT(number);
  return FUNCTION_NAME.test(name) && count.ok
    ? accept({ functionName: name, count: count.value, closed: closed !== undefined })
    : expected("FUNCTION=NUMBER such as orders=3, or FUNCTION=NUMBER,closed");
}

export function tag(text: string): Parsed<{ readonly key: string; readonly value: string }> {
  const at = text.indexOf("=");
  return at < 1 ? expected("KEY=VALUE") : accept({ key: text.slice(0, at), value: text.slice(at + 1) });
}

/** The variable or the two variables in which functions have the server's address. */
export function addressVariables(text: string): Parsed<LinkPlace> {
  const link = linkChoice(text);
  return link.ok && !("byName" in link.value) && link.value.address === null
    ? accept(link.value)
    : expected("a VARIABLE such as DATABASE_URL, or HOSTVAR:PORTVAR such as DB_HOST:DB_PORT");
}
