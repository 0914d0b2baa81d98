/**
 * The row of a lease in the DynamoDB table, and the rule for when a lease is over.
 *
 * The row is never deleted, so its token only grows. A lease is over in three cases: it was released; or, by our wall clock, it expired
 * longer ago than the clock margin; or, by our monotonic clock, its row has not changed for the length of the lease plus the clock margin.
 * The last case works even if the owner's clock is hours ahead.
 */
import type { Item } from "./dynamodb-client.ts";
import type { LeaseSettings } from "./lease-settings.ts";

export interface LeaseRecord {
  readonly token: number;
  /** Id of the invocation that holds the lease; null if it was released. Another invocation of the same process has another id. */
  readonly owner: string | null;
  /** Log stream of the holder's environment. */
  readonly holder: string | null;
  /** Epoch milliseconds by the owner's clock. */
  readonly expiresAt: number;
}

export function leaseRecord(item: Item): LeaseRecord {
  const string = (name: string): string | null => {
    const value = item[name];
    return value !== undefined && "S" in value ? value.S : null;
  };
  const number = (name: string): number => {
    const value = item[name];
    return value !== undefined && "N" in value ? Number(value.N) : 0;
  };
  return {
    token: number("token"),
    owner: string("owner"),
    holder: string("holder"),
    expiresAt: number("expiresAt"),
  };
}

export interface Sighting {
  readonly record: LeaseRecord;
  /** The time since which the record has been unchanged, by our monotonic clock. */
  readonly since: number;
}

/** If the record is unchanged, returns the earlier sighting. */
export function sight(before: Sighting | null, record: LeaseRecord, now: number): Sighting {
  const same =
    before !== null &&
    before.record.token === record.token &&
    before.record.owner === record.owner &&
    before.record.expiresAt === record.expiresAt;
  return same ? before : { record, since: now };
}

export function isOver(
  sighting: Sighting,
  now: { readonly epoch: number; readonly monotonic: number },
  settings: Pick<LeaseSettings, "leaseMs" | "clockMarginMs">,
): boolean {
  const { record, since } = sighting;
  if (record.owner === null) return true;
  return (
    now.epoch > record.expiresAt + settings.clockMarginMs ||
    now.monotonic - since > settings.leaseMs + settings.clockMarginMs
  );
}
