/** Reads the members of a request that hold a deployment package. */
import { Constraints } from "../../request-validation/constraints.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";
import { ARCHITECTURES } from "../runtime-names.ts";

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Returns the bytes of the zip. The engine has no S3 and no image registry to fetch a package from. */
export function readPackage(members: RequestMembers | undefined): Buffer {
  const zip = members?.text("ZipFile");
  if (zip !== undefined) {
    if (zip.length % 4 !== 0 || !BASE64.test(zip)) {
      throw new LambdaError(
        "InvalidRequestContentException",
        "Could not parse request body into json: 'ZipFile' must be base64",
      );
    }
    return Buffer.from(zip, "base64");
  }
  if (members?.hasContent("S3Bucket") === true || members?.hasContent("S3Key") === true) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "The local engine takes a deployment package as ZipFile only; it has no S3 to fetch one from.",
    );
  }
  if (members?.hasContent("ImageUri") === true) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "The local engine runs functions of package type Zip only.",
    );
  }
  throw new LambdaError("InvalidParameterValueException", "Please provide a source for function code.");
}

export function readArchitectures(members: RequestMembers): readonly string[] | undefined {
  const architectures = members.texts("Architectures");
  const constraints = new Constraints();
  constraints.size("architectures", architectures, { min: 1, max: 1 });
  if (architectures?.some((one) => !ARCHITECTURES.some((known) => known === one)) === true)
    constraints.members("architectures", architectures, [
      `Member must satisfy enum value set: [${ARCHITECTURES.join(", ")}]`,
      "Member must not be null",
    ]);
  constraints.check();
  return architectures;
}
