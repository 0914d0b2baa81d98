/** The answer with a page of a list. The marker holds the key of the last item shown, so that changes before this item do not shift the next page. */
import { invalidParameter, type LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaAnswer } from "./operation.ts";

interface ListToShow<T> {
  /** The member of the answer that has the list. */
  readonly member: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly show: (item: T) => object;
}

/** A page never has more items than this, whatever MaxItems says (docs/aws/function-api.md#endpoints). */
const PAGE_ITEMS_MAX = 50;

export function pageAnswer<T>(
  query: URLSearchParams,
  { member, items, keyOf, show }: ListToShow<T>,
): LambdaAnswer {
  const sent = query.get("MaxItems");
  const wanted = sent === null || sent === "" ? PAGE_ITEMS_MAX : Number(sent);
  if (!Number.isInteger(wanted)) throw invalidParameter("MaxItems must be an integer.");
  const marker = query.get("Marker");
  const last = marker === null || marker === "" ? null : readMarker(marker);
  const start = last === null ? 0 : items.findIndex((item) => keyOf(item) === last) + 1;
  if (last !== null && start === 0) throw invalidMarker();
  const shown = items.slice(start, start + Math.min(wanted, PAGE_ITEMS_MAX));
  const final = shown.at(-1);
  const more = start + shown.length < items.length;
  return {
    status: 200,
    body: {
      [member]: shown.map(show),
      ...(more && final !== undefined ? { NextMarker: markerOf(keyOf(final)) } : {}),
    },
  };
}

function markerOf(key: string): string {
  return Buffer.from(JSON.stringify([key])).toString("base64url");
}

function readMarker(marker: string): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(marker, "base64url").toString("utf8"));
    if (Array.isArray(value) && typeof value[0] === "string") return value[0];
  } catch {
    // A marker that is not JSON is refused below.
  }
  throw invalidMarker();
}

function invalidMarker(): LambdaError {
  return invalidParameter("Invalid Marker: it must be the NextMarker of an earlier page.");
}
