import { eachOf } from "../../harness/src/adapters/aws/each-of.ts";
import { LongrunError } from "../../harness/src/base/errors.ts";
import type { Answer, AwsRequests } from "./aws-request.ts";
import { textsOf } from "./verify/iam.ts";

/** How many objects are removed at one time. */
const AT_ONCE = 10;

export type BucketRequests = Pick<AwsRequests, "s3">;

export async function makeBucket(requests: BucketRequests, bucket: string, region: string): Promise<void> {
  // us-east-1 is the default, and S3 refuses it as a location.
  const body =
    region === "us-east-1"
      ? undefined
      : `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  await put(requests, "s3:CreateBucket", `/${bucket}`, body);
}

/** Returns at most 1,000 keys, which is more than a verification writes. */
export async function keysIn(
  requests: BucketRequests,
  bucket: string,
  prefix: string,
): Promise<readonly string[]> {
  const query = new URLSearchParams({ "list-type": "2", prefix });
  const answer = await requests.s3("GET", `/${bucket}?${query.toString()}`);
  if (!answer.ok) throw refusal("s3:ListBucket", answer);
  return textsOf(answer.text, "Key");
}

/** S3 does not remove a bucket that has objects, so every version is removed. Returns how many there were: none if there is no such bucket. */
export async function emptyBucket(requests: BucketRequests, bucket: string): Promise<number> {
  let removedSoFar = 0;
  for (;;) {
    const answer = await requests.s3("GET", `/${bucket}?versions=`);
    if (answer.status === 404) return removedSoFar;
    if (!answer.ok) throw refusal("s3:ListBucketVersions", answer);
    const [, ...parts] = answer.text.split(/<(?:Version|DeleteMarker)>/);
    const versions = parts.map(
      (xml) => [textsOf(xml, "Key")[0] ?? "", textsOf(xml, "VersionId")[0] ?? ""] as const,
    );
    if (versions.length === 0) return removedSoFar;
    await eachOf(versions, AT_ONCE, async ([key, id]) => {
      const removed = await requests.s3(
        "DELETE",
        `${pathOf(bucket, key)}?${new URLSearchParams({ versionId: id }).toString()}`,
      );
      if (!removed.ok) throw refusal("s3:DeleteObjectVersion", removed);
    });
    removedSoFar += versions.length;
  }
}

export async function put(
  requests: BucketRequests,
  action: string,
  path: string,
  body: string | undefined,
): Promise<void> {
  const answer = await requests.s3("PUT", path, body);
  if (!answer.ok) throw refusal(action, answer);
}

export const pathOf = (bucket: string, key: string): string =>
  `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;

const refusal = (action: string, { type, status, message }: Answer): LongrunError =>
  new LongrunError("unavailable", `${action}: ${type ?? status} ${message}`);
