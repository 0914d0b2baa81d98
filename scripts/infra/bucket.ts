import { eachOf } from "../../harness/src/adapters/aws/each-of.ts";
import { must, textsOf, type AwsRequests } from "./aws-request.ts";

/** How many objects are removed at one time. */
const AT_ONCE = 10;

export type BucketRequests = Pick<AwsRequests, "s3">;

export async function makeBucket(requests: BucketRequests, bucket: string, region: string): Promise<void> {
  // us-east-1 is the default, and S3 refuses it as a location.
  const body =
    region === "us-east-1"
      ? undefined
      : `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  await must("s3:CreateBucket", requests.s3("PUT", `/${bucket}`, body));
}

/** Returns at most 1,000 keys, which is more than a verification writes. */
export async function keysIn(
  requests: BucketRequests,
  bucket: string,
  prefix: string,
): Promise<readonly string[]> {
  const query = new URLSearchParams({ "list-type": "2", prefix });
  const { text } = await must("s3:ListBucket", requests.s3("GET", `/${bucket}?${query.toString()}`));
  return textsOf(text, "Key");
}

/** S3 does not remove a bucket that has objects, so every version is removed. Returns how many there were: none if there is no such bucket. */
export async function emptyBucket(requests: BucketRequests, bucket: string): Promise<number> {
  let removedSoFar = 0;
  for (;;) {
    const answer = requests.s3("GET", `/${bucket}?versions=`);
    if ((await answer).status === 404) return removedSoFar;
    const [, ...parts] = (await must("s3:ListBucketVersions", answer)).text.split(
      /<(?:Version|DeleteMarker)>/,
    );
    const versions = parts.map(
      (xml) => [textsOf(xml, "Key")[0] ?? "", textsOf(xml, "VersionId")[0] ?? ""] as const,
    );
    if (versions.length === 0) return removedSoFar;
    await eachOf(versions, AT_ONCE, async ([key, id]) => {
      const version = `${pathOf(bucket, key)}?${new URLSearchParams({ versionId: id }).toString()}`;
      await must("s3:DeleteObjectVersion", requests.s3("DELETE", version));
    });
    removedSoFar += versions.length;
  }
}

export const pathOf = (bucket: string, key: string): string =>
  `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
