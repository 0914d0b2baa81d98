/** The credentials that every client of the SDK finds (environment, profile, a task's role), for requests that no client of it makes. */
import { LambdaClient } from "@aws-sdk/client-lambda";
import { unavailable } from "./service-connection.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Throws `unavailable` where there are none; the text of the error begins with `what`. */
export async function ownCredentials(region: string, what: string): Promise<Credentials> {
  const lambda = new LambdaClient({ region });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await lambda.config.credentials();
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  } catch (error) {
    throw unavailable(what, error);
  } finally {
    lambda.destroy();
  }
}
