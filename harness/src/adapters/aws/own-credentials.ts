/** Finds the credentials as the SDK's clients do (environment, profile, role of a task), for requests without such a client. */
import { LambdaClient } from "@aws-sdk/client-lambda";
import { unavailable } from "./service-connection.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Absent for credentials that do not expire. */
  readonly expiration?: Date;
}

/** Throws `unavailable` if there are no credentials. The message begins with `what`. */
export async function ownCredentials(region: string, what: string): Promise<Credentials> {
  const lambda = new LambdaClient({ region });
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await lambda.config.credentials();
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration === undefined ? {} : { expiration }),
    };
  } catch (error) {
    throw unavailable(what, error);
  } finally {
    lambda.destroy();
  }
}
