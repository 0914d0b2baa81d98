/** The settings of a lease, from environment variables. One error names every mistake. */
import { FunctionEnvironmentError, type ProcessVariables } from "../environment.ts";

export interface LeaseSettings {
  readonly table: string;
  /**
   * Key of the lease's row in the table, by default the function's name. If several functions share a machine, LEASE_KEY gives all of them
   * the same key.
   */
  readonly key: string;
  readonly leaseMs: number;
  readonly renewMs: number;
  /** How long an invocation waits while another environment holds the lease. */
  readonly waitMs: number;
  /** How far apart the clocks of two environments may be. */
  readonly clockMarginMs: number;
  readonly region: string;
  /** The endpoint of DynamoDB as `http://host:port`; null for AWS's endpoint in the region. */
  readonly endpoint: string | null;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string | null;
  };
}

const DURATIONS = {
  LEASE_MS: { fallback: 2_000, least: 100 },
  LEASE_RENEW_MS: { fallback: 500, least: 20 },
  LEASE_WAIT_MS: { fallback: 3_000, least: 0 },
  LEASE_CLOCK_MARGIN_MS: { fallback: 500, least: 0 },
} as const;

export function readLeaseSettings(variables: ProcessVariables): LeaseSettings {
  const problems: string[] = [];
  const text = (name: string): string => variables[name] ?? "";
  const duration = (name: keyof typeof DURATIONS): number => {
    const { fallback, least } = DURATIONS[name];
    if (text(name) === "") return fallback;
    const value = /^\d{1,6}$/.test(text(name)) ? Number(text(name)) : Number.NaN;
    if (value >= least) return value;
    problems.push(
      `${name} must be whole milliseconds from ${least} to 999999, not ${JSON.stringify(text(name).slice(0, 80))}`,
    );
    return fallback;
  };
  const required = (name: string, what: string): string => {
    if (text(name) === "") problems.push(`${name} is missing: ${what}`);
    return text(name);
  };
  const table = required("LEASE_TABLE", "the name of a DynamoDB table whose key is the string `leaseKey`");
  const settings: LeaseSettings = {
    table,
    // The peer's address is not used as the key: if each environment has its own relay, each has a different address for the peer.
    key:
      text("LEASE_KEY") === ""
        ? required("AWS_LAMBDA_FUNCTION_NAME", "set LEASE_KEY outside of Lambda")
        : text("LEASE_KEY"),
    leaseMs: duration("LEASE_MS"),
    renewMs: duration("LEASE_RENEW_MS"),
    waitMs: duration("LEASE_WAIT_MS"),
    clockMarginMs: duration("LEASE_CLOCK_MARGIN_MS"),
    region: required("AWS_REGION", "the region of the table"),
    endpoint: endpoint(text("AWS_ENDPOINT_URL_DYNAMODB"), problems),
    credentials: {
      accessKeyId: required("AWS_ACCESS_KEY_ID", "Lambda sets it from the execution role"),
      secretAccessKey: required("AWS_SECRET_ACCESS_KEY", "Lambda sets it from the execution role"),
      sessionToken: text("AWS_SESSION_TOKEN") === "" ? null : text("AWS_SESSION_TOKEN"),
    },
  };
  // If a renewal gets no answer, there must be time to send it again before the lease is over.
  if (problems.length === 0 && settings.renewMs * 2 >= settings.leaseMs)
    problems.push("LEASE_RENEW_MS must be less than half of LEASE_MS");
  if (problems.length > 0)
    throw new FunctionEnvironmentError(`the function's lease variables are wrong: ${problems.join("; ")}`);
  return Object.freeze(settings);
}

function endpoint(text: string, problems: string[]): string | null {
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url.origin;
  problems.push(
    `AWS_ENDPOINT_URL_DYNAMODB must be a URL such as http://127.0.0.1:8000, not ${JSON.stringify(text.slice(0, 80))}`,
  );
  return null;
}
