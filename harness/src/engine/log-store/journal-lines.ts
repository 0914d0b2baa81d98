/** Checks the lines of a log group's journal when it is read again, because the file may be damaged. Pure. */
import { isJsonObject } from "../../base/json-object.ts";
import { isInstant } from "../../base/time.ts";
import type { MetricFilter } from "./metric-filter.ts";

export interface GroupSettings {
  readonly retentionInDays: number | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Absent in journals of older versions. */
  readonly metricFilters?: readonly MetricFilter[];
}

export type EventLine = readonly [stream: number, timestamp: number, ingestion: number, message: string];

/** A change of the group. It has one of these members. */
export interface ChangeLine {
  readonly stream?: { readonly name: string; readonly createdAt: number };
  readonly settings?: GroupSettings;
  /** The number of the stream that was deleted. */
  readonly deleted?: number;
}

export function isEventLine(value: unknown): value is EventLine {
  if (!Array.isArray(value)) return false;
  const [stream, timestamp, ingestion, message] = value as readonly unknown[];
  return (
    Number.isInteger(stream) && isInstant(timestamp) && isInstant(ingestion) && typeof message === "string"
  );
}

export function isChangeLine(value: unknown): value is ChangeLine {
  if (!isJsonObject(value)) return false;
  const { stream, settings, deleted } = value;
  if (stream !== undefined)
    return isJsonObject(stream) && typeof stream["name"] === "string" && isInstant(stream["createdAt"]);
  if (settings !== undefined) return isSettings(settings);
  return deleted === undefined || Number.isInteger(deleted);
}

function isSettings(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const { retentionInDays, tags, metricFilters = [] } = value;
  return (
    (retentionInDays === null || typeof retentionInDays === "number") &&
    isJsonObject(tags) &&
    Object.values(tags).every((tag) => typeof tag === "string") &&
    Array.isArray(metricFilters) &&
    metricFilters.every(isJsonObject)
  );
}
