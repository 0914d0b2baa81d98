import { invalidParameter } from "../../request-validation/lambda-error.ts";
import type { FunctionVersion } from "./function-record.ts";

/** Throws if an invocation names no tenant and the function needs one, or the other way round (docs/aws/tenants.md#invocations). */
export function checkTenant({ settings }: FunctionVersion, tenantId: string | undefined): void {
  const isolates = settings.TenancyConfig !== null;
  if (isolates && tenantId === undefined)
    throw invalidParameter(
      "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.",
    );
  if (!isolates && tenantId !== undefined)
    throw invalidParameter(
      "The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.",
    );
}
