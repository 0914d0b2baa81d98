/**
 * Signed requests to services of AWS for which no SDK client is installed: a few calls of ECS, IAM, EC2 and the like. The
 * credentials are those that every SDK client finds, and so are the addresses (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_<SERVICE>).
 */
import { LambdaClient } from "@aws-sdk/client-lambda";
import { AwsClient } from "aws4fetch";
import { Problem } from "./problem.mjs";

const WITHIN_MS = 30_000;
/** Where an address does not follow from the service's name. IAM has one for all Regions of a partition. */
const ELSEWHERE = {
  ecr: (region) => ({ host: `api.ecr.${region}.amazonaws.com`, region }),
  iam: () => ({ host: "iam.amazonaws.com", region: "us-east-1" }),
};

/** What a service answered: its status and text. `type` is the error's name, null where there is none. */
export class Answer {
  constructor(status, text) {
    this.status = status;
    this.text = text;
  }
  get ok() {
    return this.status < 300;
  }
  get type() {
    if (this.ok) return null;
    const [, name = null] =
      /<Code>([^<]+)/.exec(this.text) ?? /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(this.text) ?? [];
    return name;
  }
  get message() {
    return (
      /<Message>([^<]*)/.exec(this.text)?.[1] ??
      /"[mM]essage"\s*:\s*"([^"]*)"/.exec(this.text)?.[1] ??
      this.text
    );
  }
}

/** @param {{ region: string, endpoint: string | null }} place endpoint: one address for every service; null: AWS's own */
export async function awsRequests({ region, endpoint }) {
  const credentials =
    endpoint === null ? await ownCredentials(region) : { accessKeyId: "local", secretAccessKey: "local" };
  const client = new AwsClient({ ...credentials, retries: 3 });

  async function send(service, path, init) {
    const at = ELSEWHERE[service]?.(region) ?? { host: `${service}.${region}.amazonaws.com`, region };
    const base = endpoint ?? given(service) ?? `https://${at.host}`;
    try {
      const response = await client.fetch(`${base.replace(/\/$/, "")}${path}`, {
        ...init,
        signal: AbortSignal.timeout(WITHIN_MS),
        aws: { service, region: at.region },
      });
      return new Answer(response.status, await response.text());
    } catch (error) {
      throw new Problem(`${service} of ${region} did not answer: ${error.cause?.message ?? error.message}`);
    }
  }

  return {
    /** A service that speaks JSON 1.1: `target` is what X-Amz-Target must say. */
    json: (service, target, body) =>
      send(service, "/", {
        method: "POST",
        headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target },
        body: JSON.stringify(body),
      }),
    /** A service that speaks the Query protocol. */
    query: (service, version, action, parameters) =>
      send(service, "/", {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
      }),
    bucket: (name) => send("s3", `/${name}`, { method: "HEAD" }),
  };
}

function given(service) {
  return process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || process.env.AWS_ENDPOINT_URL || null;
}

async function ownCredentials(region) {
  const lambda = new LambdaClient({ region });
  try {
    return await lambda.config.credentials();
  } catch (error) {
    throw new Problem(`There are no AWS credentials: ${error.message}`, {
      hint: "Sign in (for example `aws sso login`) and set AWS_PROFILE, then try again.",
    });
  } finally {
    lambda.destroy();
  }
}
