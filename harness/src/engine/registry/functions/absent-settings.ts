/** Settings of a function that the engine does not support. Pure. */
import { Constraints } from "../../request-validation/constraints.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

/** Throws if the request has a setting that AWS would apply and the engine would ignore. */
export function refuseAbsentSettings(members: RequestMembers, runtime: string | undefined): void {
  const applyOn = members.object("SnapStart")?.text("ApplyOn");
  const constraints = new Constraints();
  constraints.oneOf("snapStart.applyOn", applyOn, ["PublishedVersions", "None"]);
  constraints.oneOf("packageType", members.text("PackageType"), ["Zip", "Image"]);
  constraints.check();
  if (applyOn === "PublishedVersions")
    throw new LambdaError(
      "InvalidParameterValueException",
      `${runtime ?? "null"} is not supported for SnapStart enabled functions.`,
    );
  if (members.text("PackageType") === "Image" || members.object("ImageConfig") !== undefined) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "The local engine runs functions of package type Zip only.",
    );
  }
  for (const name of [
    "FileSystemConfigs",
    "CapacityProviderConfig",
    "DurableConfig",
    "TenancyConfig",
    "PublishTo",
  ] as const) {
    if (members.hasContent(name))
      throw new LambdaError("InvalidParameterValueException", `The local engine does not support ${name}.`);
  }
  const signing = members.text("CodeSigningConfigArn") ?? "";
  if (signing !== "") {
    throw new LambdaError(
      "CodeSigningConfigNotFoundException",
      `The code signing configuration cannot be found: ${signing.slice(0, 200)}`,
    );
  }
}
