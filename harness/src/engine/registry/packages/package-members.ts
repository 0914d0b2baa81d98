/** Reads the members of a request that hold a deployment package. */
import { invalidParameter, invalidContent } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Returns the bytes of the zip. The engine has no S3 and no image registry to fetch a package from. */
export function readPackage(members: RequestMembers | undefined): Buffer {
  const zip = members?.text("ZipFile");
  const elsewhere = ["S3Bucket", "S3Key", "S3ObjectVersion", "S3ObjectStorageMode", "ImageUri"].filter(
    (name) => members?.hasContent(name) === true,
  );
  if (zip !== undefined && elsewhere.length > 0)
    // AWS's message, as public test suites that run against AWS expect it.
    throw invalidParameter("Please do not provide other FunctionCode parameters when providing a ZipFile.");
  if (zip !== undefined) {
    if (zip.length % 4 !== 0 || !BASE64.test(zip)) {
      throw invalidContent("Could not parse request body into json: 'ZipFile' must be base64");
    }
    return Buffer.from(zip, "base64");
  }
  if (elsewhere.length > 0)
    throw invalidParameter(
      elsewhere.includes("ImageUri")
        ? "The local engine runs functions of package type Zip only."
        : "The local engine takes a deployment package as ZipFile only; it has no S3 to fetch one from.",
    );
  throw invalidParameter("Please provide a source for function code.");
}
