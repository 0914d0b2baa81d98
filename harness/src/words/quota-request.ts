/** What to ask AWS for if an account has too few concurrent executions (docs/aws/concurrency.md#reserved-concurrency). */

/** What AWS keeps unreserved: the documented number, and the smallest that was seen, in accounts with small quotas. */
export const UNRESERVED_USUAL = 100;
export const UNRESERVED_LEAST = 10;
/** AWS's own default. A smaller quota is one of a new account, and asking for the default is granted most easily. */
const QUOTA_USUAL = 1_000;

interface Quota {
  readonly region: string;
  readonly concurrent: number;
  readonly unreserved: number;
  /** How many more executions are to be reserved. */
  readonly reserving: number;
}

export function quotaRequest({ region, concurrent, unreserved, reserving }: Quota): string {
  const needed = concurrent + reserving + UNRESERVED_USUAL - unreserved;
  const value = Math.max(QUOTA_USUAL, needed);
  return `Ask for a quota of ${value} concurrent executions (Service Quotas, AWS Lambda, Concurrent executions, L-B99A9384):\n  aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value ${value}\nOr give up reservations of other functions.`;
}
