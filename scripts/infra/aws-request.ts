/**
 * Signed requests to services of AWS for which no SDK client is installed. Credentials and addresses (AWS_ENDPOINT_URL,
 * AWS_ENDPOINT_URL_<SERVICE>) are found as SDK clients find them.
 */
import { AwsClient } from "aws4fetch";
import { createHash } from "node:crypto";
import type { z } from "zod";
import { ownCredentials, type Credentials } from "../../harness/src/adapters/aws/own-credentials.ts";
import { serviceConnection } from "../../harness/src/adapters/aws/service-connection.ts";
import { notAvailable } from "../../harness/src/base/errors.ts";

const WITHIN_MS = 30_000;
const TRIES = 3;
const RENEWED_BEFORE_MS = 5 * 60_000;

/** Services whose address does not follow the usual pattern. IAM has one address for all Regions of a partition. */
const ELSEWHERE: Readonly<Record<string, (region: string) => Address>> = {
  ecr: (region) => ({ host: `api.ecr.${region}.amazonaws.com`, region }),
  iam: () => ({ host: "iam.amazonaws.com", region: "us-east-1" }),
};

/** Services with a JSON protocol: its version, and what comes before the name of an operation in X-Amz-Target. */
const JSON_SERVICES = {
  dynamodb: { version: "1.0", target: "DynamoDB_20120810" },
  ecr: { version: "1.1", target: "AmazonEC2ContainerRegistry_V20150921" },
  ecs: { version: "1.1", target: "AmazonEC2ContainerServiceV20141113" },
  servicediscovery: { version: "1.1", target: "Route53AutoNaming_v20170314" },
  tagging: { version: "1.1", target: "ResourceGroupsTaggingAPI_20170126" },
} as const;

/** Services with the query protocol, and the versions of their APIs. */
const QUERY_SERVICES = {
  ec2: "2016-11-15",
  iam: "2010-05-08",
  monitoring: "2010-08-01",
  sts: "2011-06-15",
} as const;

interface Address {
  readonly host: string;
  readonly region: string;
}

export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  /** The name of the error; null if there is none. */
  readonly type: string | null;
  readonly message: string;
  read<Schema extends z.ZodType>(schema: Schema): z.infer<Schema>;
}

export interface AwsRequests {
  json(service: keyof typeof JSON_SERVICES, action: string, body: object): Promise<Answer>;
  query(
    service: keyof typeof QUERY_SERVICES,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** `path` is /BUCKET or /BUCKET/KEY, with the query if there is one. */
  s3(method: "HEAD" | "GET" | "PUT" | "DELETE", path: string, body?: string): Promise<Answer>;
}

/**
 * `endpoint` is one address for every service. If it is null, the address is in AWS_ENDPOINT_URL_<SERVICE> or AWS_ENDPOINT_URL. If these are
 * not set either, the address is AWS's own.
 */
export async function awsRequests({
  region,
  endpoint,
}: {
  readonly region: string;
  readonly endpoint: string | null;
}): Promise<AwsRequests> {
  const own = (): Promise<Credentials> => ownCredentials(region, "There are no AWS credentials");
  let credentials: Credentials = serviceConnection({ region, endpoint }).credentials ?? (await own());

  /** Credentials can expire during a verification, so they are renewed. */
  async function client(): Promise<AwsClient> {
    if (Number(credentials.expiration ?? Infinity) - Date.now() < RENEWED_BEFORE_MS)
      credentials = await own();
    const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
    return new AwsClient({ accessKeyId, secretAccessKey, sessionToken, retries: TRIES });
  }

  async function send(service: string, path: string, init: RequestInit): Promise<Answer> {
    const at = ELSEWHERE[service]?.(region) ?? { host: `${service}.${region}.amazonaws.com`, region };
    const base = endpoint ?? given(service) ?? `https://${at.host}`;
    const signer = await client();
    try {
      const response = await signer.fetch(`${base.replace(/\/$/, "")}${path}`, {
        ...init,
        signal: AbortSignal.timeout(WITHIN_MS),
        aws: { service, region: at.region },
      });
      return answer(`${service} of ${region}`, response.status, await response.text());
    } catch (error) {
      const why = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw notAvailable(
        `${service} of ${region} did not answer: ${why instanceof Error ? why.message : String(why)}`,
        { cause: error },
      );
    }
  }

  return {
    json: (service, action, body) =>
      send(service, "/", {
        method: "POST",
        headers: {
          "Content-Type": `application/x-amz-json-${JSON_SERVICES[service].version}`,
          "X-Amz-Target": `${JSON_SERVICES[service].target}.${action}`,
        },
        body: JSON.stringify(body),
      }),
    query: (service, action, parameters) =>
      send(service, "/", {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({
          Action: action,
          Version: QUERY_SERVICES[service],
          ...parameters,
        }).toString(),
      }),
    s3: (method, path, body) =>
      send("s3", path, {
        method,
        // S3 requires a checksum for some settings of a bucket.
        ...(body === undefined ? {} : { body, headers: { "Content-MD5": md5(body) } }),
      }),
  };
}

const md5 = (text: string): string => createHash("md5").update(text).digest("base64");

function answer(who: string, status: number, text: string): Answer {
  const ok = status < 300;
  const name = /<Code>([^<]+)/.exec(text) ?? /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text);
  const message = /<Message>([^<]*)/.exec(text) ?? /"[mM]essage"\s*:\s*"([^"]*)"/.exec(text);
  return {
    ok,
    status,
    text,
    type: ok ? null : (name?.[1] ?? null),
    message: message?.[1] ?? text,
    read: (schema) => {
      try {
        return schema.parse(JSON.parse(text));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw notAvailable(`${who} answered something unexpected: ${why}`, {
          cause: error,
        });
      }
    },
  };
}

/** Rejects with "unavailable" if the service refused. `action` is shown. */
export async function must(action: string, asked: Promise<Answer>): Promise<Answer> {
  const answered = await asked;
  const { ok, type, status, message } = answered;
  if (!ok) throw notAvailable(`${action}: ${type ?? status} ${message}`);
  return answered;
}

/** To whom the credentials belong. */
export async function caller(
  requests: Pick<AwsRequests, "query">,
): Promise<{ readonly arn: string; readonly account: string }> {
  const { text } = await requests.query("sts", "GetCallerIdentity", {});
  return { arn: textsOf(text, "Arn")[0] ?? "", account: textsOf(text, "Account")[0] ?? "" };
}

/** The texts of all elements with this name. */
export function textsOf(xml: string, element: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, text = ""]) =>
    text.replace(/&quot;/g, '"').replace(/&amp;/g, "&"),
  );
}

function given(service: string): string | null {
  const named = process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? "";
  const general = process.env["AWS_ENDPOINT_URL"] ?? "";
  return [named, general].find((url) => url !== "") ?? null;
}
