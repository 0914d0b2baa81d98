/** The conditional writes of a lease, as requests to DynamoDB. Pure. */
import type { LeaseRecord } from "./lease-record.ts";
import type { LeaseSettings } from "./lease-settings.ts";

const NAMES = { "#owner": "owner", "#token": "token" };
type LeaseRequest = Readonly<Record<string, unknown>>;

export const keyOf = (settings: Pick<LeaseSettings, "key">): LeaseRequest => ({
  Key: { leaseKey: { S: settings.key } },
});

export interface Claim {
  readonly owner: string;
  readonly holder: string;
  readonly expiresAt: number;
}

/** Takes the lease if it has no owner, or if its row is still equal to `over`, a lease that is over. The token grows by one. */
export function takeRequest(
  settings: Pick<LeaseSettings, "key">,
  claim: Claim,
  over: LeaseRecord | null,
): LeaseRequest {
  const seen =
    over === null || over.owner === null
      ? null
      : {
          condition: " OR (#owner = :seenOwner AND #token = :seenToken AND expiresAt = :seenExpiresAt)",
          values: {
            ":seenOwner": { S: over.owner },
            ":seenToken": number(over.token),
            ":seenExpiresAt": number(over.expiresAt),
          },
        };
  return {
    ...keyOf(settings),
    UpdateExpression: "SET #owner = :owner, holder = :holder, expiresAt = :expiresAt ADD #token :one",
    ConditionExpression: `attribute_not_exists(#owner)${seen?.condition ?? ""}`,
    ExpressionAttributeNames: NAMES,
    ExpressionAttributeValues: {
      ":owner": { S: claim.owner },
      ":holder": { S: claim.holder },
      ":expiresAt": number(claim.expiresAt),
      ":one": number(1),
      ...seen?.values,
    },
  };
}

export function renewRequest(
  settings: Pick<LeaseSettings, "key">,
  held: { readonly owner: string; readonly token: number; readonly expiresAt: number },
): LeaseRequest {
  return {
    ...onlyIfHeld(settings, held, { ":expiresAt": number(held.expiresAt) }),
    UpdateExpression: "SET expiresAt = :expiresAt",
  };
}

/** Releases the lease. The row and its token are kept. */
export function releaseRequest(
  settings: Pick<LeaseSettings, "key">,
  held: { readonly owner: string; readonly token: number },
): LeaseRequest {
  return { ...onlyIfHeld(settings, held, {}), UpdateExpression: "REMOVE #owner" };
}

function onlyIfHeld(
  settings: Pick<LeaseSettings, "key">,
  held: { readonly owner: string; readonly token: number },
  values: object,
): LeaseRequest {
  return {
    ...keyOf(settings),
    ConditionExpression: "#owner = :owner AND #token = :token",
    ExpressionAttributeNames: NAMES,
    ExpressionAttributeValues: { ":owner": { S: held.owner }, ":token": number(held.token), ...values },
  };
}

function number(value: number): { readonly N: string } {
  return { N: String(value) };
}
