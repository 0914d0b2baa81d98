/** Settings of a function that the engine has not. Pure. */
import { LambdaError } from "./lambda-error.ts";
import type { RequestMembers } from "./request-members.ts";

/** What AWS would act on and the engine would silently ignore is refused instead, with the reason. */
export function refuseAbsentSettings(members: RequestMembers): void {
  const layers = members.texts("Layers") ?? [];
  const first = layers[0];
  if (first !== undefined)
    throw new LambdaError(
      "InvalidParameterValueException",
      `Layer version ${first.slice(0, 140)} does not exist.`,
    );
  if (members.object("SnapStart")?.text("ApplyOn") === "PublishedVersions") {
    throw new LambdaError(
      "InvalidParameterValueException",
      "SnapStart is not supported for Node.js functions.",
    );
  }
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
