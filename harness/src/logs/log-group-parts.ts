/** Splits what an export says about a log group into account, Region and name. A member is null if the text does not say it. */

export interface LogGroupParts {
  readonly account: string | null;
  readonly region: string | null;
  readonly name: string | null;
}

/** The ARN of a log group, or of the function itself: forwarders write the latter as the host of a line. */
const ARN = /^arn:aws[a-z-]*:(?:logs|lambda):([a-z0-9-]+):(\d{12}):(?:log-group:([^:]+))?/;
/** Logs Insights writes the account before the name: `123456789012:/aws/lambda/name`. */
const OWNED = /^(\d{12}):([^]*)$/;
const ACCOUNT = /^\d{12}$/;

export function partsOfGroup(text: string | null): LogGroupParts {
  const [arn, region = null, arnAccount = null, arnName = null] = ARN.exec(text ?? "") ?? [];
  if (arn !== undefined) return { account: arnAccount, region, name: arnName };
  const [, account = null, name = text] = OWNED.exec(text ?? "") ?? [];
  return { account, region: null, name: name === "" ? null : name };
}

/** Adds the owner (the account that a subscription's message names) to the name of a log group, as Logs Insights writes it. */
export function ownedGroup(owner: unknown, name: string | null): string | null {
  const known = typeof owner === "string" && ACCOUNT.test(owner) && partsOfGroup(name).account === null;
  return known ? `${owner}:${name ?? ""}` : name;
}

/** The account in a path such as `AWSLogs/123456789012/…`, which exports and deliveries to S3 have. */
export function accountOfPath(path: string): string | null {
  for (const name of path.split("/").reverse()) {
    if (ACCOUNT.test(name)) return name;
    const { account } = partsOfGroup(name);
    if (account !== null) return account;
  }
  return null;
}
