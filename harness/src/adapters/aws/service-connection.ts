/** How the clients reach their service, and the error if the service cannot be reached or refuses a request. */
import { isLongrunError, notAvailable, type LongrunError } from "../../base/errors.ts";
import { isSignedOut, SIGN_IN_HINT } from "../../words/signed-out.ts";
import { errorText } from "./error-text.ts";

export interface ServiceConnection {
  readonly region: string;
  /** Absent for AWS itself. */
  readonly endpoint?: string;
  /** If absent, the client finds its own credentials (environment, profile, role). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The local engine requires a signature and accepts any key. Real keys must not be sent to it. */
const LOCAL_CREDENTIALS = { accessKeyId: "longrun", secretAccessKey: "longrun" };

export function serviceConnection(options: {
  readonly region: string;
  readonly endpoint: string | null;
}): ServiceConnection {
  if (options.endpoint === null) return { region: options.region };
  return { region: options.region, endpoint: options.endpoint, credentials: LOCAL_CREDENTIALS };
}

/** The message is `what` and the reason. Returns a LongrunError unchanged. */
export function unavailable(what: string, error: unknown): LongrunError {
  if (isLongrunError(error)) return error;
  const { name, code } = error as { readonly name?: string; readonly code?: string };
  const hint = isSignedOut(error)
    ? SIGN_IN_HINT
    : name === "ResourceNotFoundException"
      ? "Is it deployed in this account and region? aws lambda list-functions lists the deployed functions."
      : code === "ECONNREFUSED"
        ? "Is the engine running at this address? longrun serve starts one."
        : undefined;
  return notAvailable(`${what}: ${errorText(error)}`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}
