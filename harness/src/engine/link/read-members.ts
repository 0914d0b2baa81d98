/** Makes the members of a link record from what the catalogue of protocols has read. Members without a value are left out. Pure. */
import type { LinkLogRecord } from "../../record/link-log.ts";
import { CATALOGUE_VERSION } from "../../catalogue/protocols/all-protocols.ts";
import { isoTime } from "../../base/time.ts";
import type { BytesRead } from "./first-bytes.ts";

export type ReadMembers = Pick<
  LinkLogRecord,
  | "protocol"
  | "catalogue"
  | "outcome"
  | "code"
  | "text"
  | "clientName"
  | "session"
  | "limit"
  | "user"
  | "database"
  | "countsPlaces"
  | "end"
  | "goodbye"
  | "goodbyeAt"
  | "contradiction"
>;

export function readMembers(read: BytesRead | null): ReadMembers {
  if (read === null) return {};
  const { spokeAt } = read;
  const { attempt, end, code, text, clientName, session, countsPlaces, goodbye } = read.reading;
  const { limit, user, database } = read.reading;
  return {
    protocol: read.protocol,
    catalogue: CATALOGUE_VERSION,
    outcome: attempt,
    code,
    ...(text === null ? {} : { text }),
    ...(clientName === null ? {} : { clientName }),
    ...(session === null ? {} : { session }),
    ...(limit === undefined ? {} : { limit }),
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(countsPlaces ? {} : { countsPlaces }),
    ...(end === null || end === "closed" ? {} : { end }),
    ...(goodbye === null || end === null ? {} : { goodbye }),
    ...(goodbye === true && end !== null && spokeAt !== null ? { goodbyeAt: isoTime(spokeAt) } : {}),
    ...(read.contradiction === null ? {} : { contradiction: read.contradiction }),
  };
}
