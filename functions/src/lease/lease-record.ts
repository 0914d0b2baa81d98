/**
 * The members of the lease's row, and when the lease of another holder may be taken. Pure.
 *
 * The row is never deleted, so its token only grows. A lease is over in three cases: its owner released it; our clock is later than its end
 * by more than the clock margin; or its row has not changed for the length of a lease plus the margin, measured by our monotonic clock. The
 * last case works even if the owner's clock is hours ahead.
 */
import type { Item } from "./dynamodb-client.ts";
import type { LeaseSettings } from "./lease-settings.ts";

export interface LeaseRecord {
  readonly token: number;
  /**
   * Id of the invocation that holds the lease. It is not the id of the environment or process, so that a lease of a dead process is not
   * taken for the lease of the next process. Null if the lease was released.
   */
  readonly owner: string | null;
  /** Log stream of the holder's environment, for people and for the judgement. */
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

/** Returns the sighting of a record that was just read. If the record is unchanged, this is the earlier sighting. */
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
