/**
 * Pages of groups, streams and metric filters. The token holds the key of the page's last item, so that a changed list does not shift the
 * next page.
 */
import type { RequestMembers } from "../request-validation/request-members.ts";
import { invalidToken, makeToken, readToken } from "./operation.ts";

export type Key = readonly (string | number)[];

const ITEMS_MAX = 50;

/** `items` may be in any order. The page is ordered by their keys. */
export function listPage<T>(
  items: readonly T[],
  keyOf: (item: T) => Key,
  members: RequestMembers,
  descending = false,
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const limit = members.integer("limit") ?? ITEMS_MAX;
  const direction = descending ? -1 : 1;
  const token = members.text("nextToken");
  const last = token === undefined ? null : readKey(token);
  const sorted = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => last === null || direction * compareKeys(key, last) > 0)
    .toSorted((a, b) => direction * compareKeys(a.key, b.key));
  const shown = sorted.slice(0, limit);
  const final = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    ...(sorted.length > shown.length && final !== undefined ? { nextToken: makeToken(final.key) } : {}),
  };
}

function compareKeys(a: Key, b: Key): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (part < other) return -1;
    if (part > other) return 1;
  }
  return a.length - b.length;
}

function readKey(token: string): Key {
  const key = readToken(token);
  if (!Array.isArray(key) || !key.every((part) => typeof part === "string" || typeof part === "number"))
    throw invalidToken();
  return key;
}
