/** Finds the addresses in a connection string, such as `postgres://app:secret@db:5432/app`. */
import { ENVIRONMENT_BYTES_MAX } from "../../base/environment-variables.ts";
import { readAdo } from "./ado.ts";
import type { ConnectionString, ConnectionForm, NetworkAddress, NoAddress } from "./connection-string.ts";
import { readGoMysqlDsn } from "./go-mysql-dsn.ts";
import { readHostList } from "./host-list.ts";
import { readKeyValueDsn } from "./key-value-dsn.ts";
import { readUrl } from "./url.ts";

/** Reads a text such as `db:5432`, `[::1]:5432` or `a:1,b:2`. */
const readHostPorts: ConnectionForm = (text) => {
  const found = readHostList(text, 0, null);
  if (found === null) return null;
  return found.addresses.some(({ port }) => port === null)
    ? { problem: "names no port: write HOST:PORT" }
    : found;
};

/** A port that is 0 or too large. A number before `@` does not match, because it is a password. */
const PORTS = /:(0+|[1-9]\d{5,}|[7-9]\d{4}|6[6-9]\d{3}|65[6-9]\d{2}|655[4-9]\d|6553[6-9])(?=[/?,;)\s]|$)/;

/** The first form that can read a text is used. */
const FORMS: readonly ConnectionForm[] = [readUrl, readKeyValueDsn, readAdo, readGoMysqlDsn, readHostPorts];

export function readConnectionString(text: string): ConnectionString | NoAddress {
  if (Buffer.byteLength(text) > ENVIRONMENT_BYTES_MAX)
    return {
      problem: `is longer than ${ENVIRONMENT_BYTES_MAX} bytes, which Lambda allows for all variables`,
    };
  for (const form of FORMS) {
    const found = form(text);
    if (found !== null) return found;
  }
  const port = PORTS.exec(text)?.[1];
  if (port !== undefined) return { problem: `has the port ${port}: a port is a number from 1 to 65535` };
  return { problem: "holds no URL, DSN or HOST:PORT that longrun can read" };
}

/** Writes `address` in place of the addresses in the text. All other characters stay the same. */
export function withAddress(text: string, { parts }: ConnectionString, address: NetworkAddress): string {
  let written = "";
  let at = 0;
  for (const { start, end, write } of [...parts].sort((a, b) => a.start - b.start)) {
    written += text.slice(at, start) + write(address);
    at = end;
  }
  return written + text.slice(at);
}
