/** Settings of a function that the engine does not support. Pure. */
import { LambdaError, invalidParameter } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

/** The runtimes that have SnapStart on AWS. For all other runtimes the answer is AWS's own refusal. */
const SNAP_START = /^(java(11|17|21|25)|python3\.1[2-9]|dotnet(8|10))$/;

/** Throws if the request has a setting that AWS would apply and the engine would ignore. */
export function refuseAbsentSettings(members: RequestMembers, runtime: string | undefined): void {
  const applyOn = members.object("SnapStart")?.text("ApplyOn");
  if (applyOn === "PublishedVersions")
    throw invalidParameter(
      SNAP_START.test(runtime ?? "")
        ? "The local engine does not support SnapStart."
        : `${runtime ?? "null"} is not supported for SnapStart enabled functions.`,
    );
  if (members.text("PackageType") === "Image") {
    throw invalidParameter("The local engine runs functions of package type Zip only.");
  }
  const signing = members.text("CodeSigningConfigArn") ?? "";
  if (signing !== "") {
    throw new LambdaError(
      "CodeSigningConfigNotFoundException",
      `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${signing}.`,
    );
  }
}
