/**
 * Messages of a subscription in base64, mostly as gzip: as a Lambda function gets them in its event, or from Kinesis or Firehose. A
 * record can contain several objects. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
import { gunzipSync } from "node:zlib";
import { JsonScanner } from "./json-scanner.ts";
import { LOG_LIMITS } from "./log-limits.ts";
import type { Found, ObjectForm } from "./form.ts";
import { isJsonObject, parseJson, type JsonObject } from "../../base/json-object.ts";

export const packedRecords: ObjectForm = {
  read({ value, text }, found) {
    const list = value["Records"] ?? value["records"];
    if (Array.isArray(list) && list.some((one) => isJsonObject(one) && dataIn(one) !== null)) {
      for (const record of list as readonly unknown[]) found.value(record, null);
      return true;
    }
    const data = dataIn(value);
    if (data === null) return false;
    if (!unpack(data, found)) found.lost(text);
    return true;
  },
};

function dataIn(value: JsonObject): string | null {
  const lambda = isJsonObject(value["awslogs"]) ? value["awslogs"]["data"] : undefined;
  const kinesis = isJsonObject(value["kinesis"]) ? value["kinesis"]["data"] : undefined;
  const firehose = "recordId" in value || Object.keys(value).length === 1 ? value["data"] : undefined;
  const data = lambda ?? kinesis ?? value["Data"] ?? firehose;
  return typeof data === "string" ? data : null;
}

/** Returns false if the text contains no object. */
export function unpack(base64: string, found: Found): boolean {
  const bytes = unzipped(Buffer.from(base64, "base64"));
  if (bytes === null) return false;
  let objects = 0;
  const scanner = new JsonScanner(
    {
      value(text, envelope) {
        objects += 1;
        const around = envelope === null ? null : parseJson(envelope);
        found.value(parseJson(text), isJsonObject(around) ? around : null);
      },
      broken: (example) => found.lost(example),
    },
    LOG_LIMITS.eventBytes,
  );
  scanner.push(bytes);
  scanner.finish();
  return objects > 0;
}

function unzipped(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LOG_LIMITS.envelopeBytes });
  } catch {
    return null;
  }
}
