/** What a subscription hands to a Lambda function (`{"awslogs":{"data":…}}`): base64 of gzip of an answer with `logEvents`. */
import { gunzipSync } from "node:zlib";
import { LOG_LIMITS } from "./log-limits.ts";

/** Undefined: it is no such envelope. Null: it is one and cannot be unpacked. */
export function unpackEnvelope(value: Readonly<Record<string, unknown>>): unknown {
  const awslogs = value["awslogs"];
  if (typeof awslogs !== "object" || awslogs === null) return undefined;
  const data = (awslogs as Readonly<Record<string, unknown>>)["data"];
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(
      gunzipSync(Buffer.from(data, "base64"), { maxOutputLength: LOG_LIMITS.envelopeBytes }).toString("utf8"),
    );
  } catch {
    return null;
  }
}
