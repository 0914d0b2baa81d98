/**
 * The lease of the peer. An environment takes it before it connects, and gets a token that is higher than all earlier tokens. A lease lasts
 * for one invocation. If the process dies before the release, the lease expires, because nothing renews it.
 */
import { randomUUID } from "node:crypto";
import type { DynamoDbClient } from "./dynamodb-client.ts";
import { isOver, leaseRecord, sight, type Sighting } from "./lease-record.ts";
import { keyOf, releaseRequest, renewRequest, takeRequest } from "./lease-requests.ts";
import type { LeaseSettings } from "./lease-settings.ts";

type LeaseAnswer =
  | { readonly result: "held"; readonly lease: HeldLease }
  /** Another environment kept the lease for as long as this invocation could wait. */
  | { readonly result: "waited-in-vain"; readonly waitedMs: number; readonly holder: string | null };

/** How often a waiting environment reads the lease in the time between two renewals. */
const LOOKS_PER_RENEWAL = 5;
/** The time limit for one claim and the read after it together, including requests that are sent again. */
const TABLE_ANSWERS_WITHIN_MS = 1_500;

/** Waits at most `waitMs` while another environment has the lease. `holder` is the log stream of the calling environment. */
export async function takeLease(
  settings: LeaseSettings,
  client: DynamoDbClient,
  holder: string,
): Promise<LeaseAnswer> {
  const started = performance.now();
  const owner = randomUUID();
  let seen: Sighting | null = null;
  for (;;) {
    const sentAt = performance.now();
    const deadline = sentAt + TABLE_ANSWERS_WITHIN_MS;
    const claim = { owner, holder, expiresAt: Date.now() + settings.leaseMs };
    const over =
      seen !== null && isOver(seen, { epoch: Date.now(), monotonic: sentAt }, settings) ? seen.record : null;
    // The first request already tries to take the lease, so that a free lease needs only one request.
    if (seen === null || over !== null) {
      const taken = await client.updateItem(takeRequest(settings, claim, over), deadline);
      if (taken.written)
        return held(settings, client, { owner, token: leaseRecord(taken.item).token, sentAt });
    }
    const item = await client.getItem(keyOf(settings), deadline);
    if (item !== null) {
      const record = leaseRecord(item);
      // The claim was written, but its answer was lost. The repeated claim failed, because the lease is already ours.
      if (record.owner === owner) return held(settings, client, { owner, token: record.token, sentAt });
      seen = sight(seen, record, performance.now());
      if (isOver(seen, { epoch: Date.now(), monotonic: performance.now() }, settings)) continue;
    }
    const waitedMs = Math.round(performance.now() - started);
    if (waitedMs >= settings.waitMs)
      return { result: "waited-in-vain", waitedMs, holder: seen?.record.holder ?? null };
    const pause = Math.min(settings.renewMs / LOOKS_PER_RENEWAL, settings.waitMs - waitedMs);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function held(
  settings: LeaseSettings,
  client: DynamoDbClient,
  taken: { owner: string; token: number; sentAt: number },
): LeaseAnswer {
  return { result: "held", lease: new HeldLease(settings, client, taken) };
}

export class HeldLease {
  readonly token: number;
  /** Called once when the lease is lost. The function must then stop using the peer. */
  onLost: () => void = () => {};
  readonly #settings: LeaseSettings;
  readonly #client: DynamoDbClient;
  readonly #owner: string;
  #state: "held" | "lost" | "released" = "held";
  /** The lease is certainly ours until this time of the monotonic clock, which is never later than the expiry in the table. */
  #validUntil: number;
  #timer: NodeJS.Timeout | null = null;
  #renewal: Promise<void> = Promise.resolve();

  constructor(
    settings: LeaseSettings,
    client: DynamoDbClient,
    taken: { readonly owner: string; readonly token: number; readonly sentAt: number },
  ) {
    this.#settings = settings;
    this.#client = client;
    this.#owner = taken.owner;
    this.token = taken.token;
    this.#validUntil = taken.sentAt + settings.leaseMs;
    this.#schedule();
  }

  get lost(): boolean {
    return this.#state === "lost";
  }

  /** Never throws: a lease that cannot be released expires. */
  async release(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const wasHeld = this.#state === "held";
    this.#state = this.#state === "lost" ? "lost" : "released";
    // Waits for a renewal that is under way, because two writes of one row at a time would conflict.
    await this.#renewal;
    if (!wasHeld) return;
    try {
      await this.#client.updateItem(
        releaseRequest(this.#settings, { owner: this.#owner, token: this.token }),
        this.#validUntil,
      );
    } catch (error) {
      process.stderr.write(`the lease was not given back and expires by itself: ${String(error)}\n`);
    }
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#renewal = this.#renew();
    }, this.#settings.renewMs);
  }

  async #renew(): Promise<void> {
    const { leaseMs } = this.#settings;
    const sentAt = performance.now();
    try {
      const expiresAt = Date.now() + leaseMs;
      const renewed = await this.#client.updateItem(
        renewRequest(this.#settings, { owner: this.#owner, token: this.token, expiresAt }),
        this.#validUntil,
      );
      if (!renewed.written) return this.#lose();
      this.#validUntil = sentAt + leaseMs;
    } catch (error) {
      // The client has tried until the lease was over, or the table refused the request and would refuse it again.
      process.stderr.write(`the lease was not renewed: ${String(error)}\n`);
      return this.#lose();
    }
    if (this.#state === "held") this.#schedule();
  }

  #lose(): void {
    if (this.#state !== "held") return;
    this.#state = "lost";
    this.onLost();
  }
}
