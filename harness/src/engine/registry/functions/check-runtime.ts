/** Refuses a runtime that the engine cannot run, with AWS's message where AWS has one (docs/aws/function-api.md#runtimes). */
import { findRuntime } from "../../../catalogue/runtimes/all-runtimes.ts";
import { noLongerSupported } from "../../../catalogue/runtimes/lambda-runtimes.ts";
import { invalidParameter, type LambdaError } from "../../request-validation/lambda-error.ts";
import { RUNTIMES_IN_REFUSAL } from "../../request-validation/recorded-runtimes.ts";

export function checkRuntimeAndHandler(runtime: string | undefined, handler: string | undefined): void {
  if (runtime === undefined || handler === undefined)
    throw refused(
      "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
  if (findRuntime(runtime) !== null) return;
  throw refused(
    noLongerSupported(runtime) ??
      `Value ${runtime.slice(0, 128)} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES_IN_REFUSAL.join(", ")}] or be a valid ARN`,
  );
}

/**
 * The client of some runtimes must be started by a command of the user. Refuses such a runtime if the user gave no command. On AWS no
 * command is needed.
 */
export function refuseWithoutLauncher(runtime: string, launches: boolean): void {
  const launcher = findRuntime(runtime)?.local.launcher ?? null;
  if (launcher === null || launches) return;
  throw refused(
    `The local engine runs functions of ${runtime} only with --launcher 'COMMAND', the command that starts their runtime client, such as --launcher '${launcher}'.`,
  );
}

function refused(message: string): LambdaError {
  return invalidParameter(message);
}
