/** Copies the files of a folder into an S3 bucket, each with one PutObject, because the runner's role permits nothing else in the bucket. */
import { AwsClient } from "aws4fetch";
import { openAsBlob, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { LongrunError } from "../../domain/errors.ts";
import { ownCredentials } from "./own-credentials.ts";
import { unavailable } from "./service-connection.ts";

const PUT_WITHIN_MS = 300_000;
const TRIES = 3;

interface BucketPlace {
  readonly bucket: string;
  /** The prefix of the keys. It ends with a slash or is empty. */
  readonly prefix: string;
}

/** Reads a text such as `s3://bucket/prefix/`. Returns null for anything else. */
export function parseBucketUrl(text: string): BucketPlace | null {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text);
  if (match === null) return null;
  const prefix = match[2] ?? "";
  return { bucket: match[1] ?? "", prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/` };
}

/** Returns how many files were copied. `endpoint` is null for AWS. For another S3 service, the bucket's name is in the path of the URL. */
export async function keepInBucket(
  place: BucketPlace & { readonly folder: string; readonly region: string; readonly endpoint: string | null },
): Promise<number> {
  const { bucket, prefix, folder, region, endpoint } = place;
  const credentials = await ownCredentials(region, "The results cannot be kept");
  const client = new AwsClient({ ...credentials, region, service: "s3", retries: 0 });
  const base = endpoint === null ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${bucket}`;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith("."),
  );
  for (const entry of files) {
    const path = join(entry.parentPath, entry.name);
    const key = `${prefix}${relative(folder, path).split("\\").join("/")}`;
    await put(client, {
      url: `${base}/${key.split("/").map(encodeURIComponent).join("/")}`,
      path,
      where: `s3://${bucket}/${key}`,
    });
  }
  return files.length;
}

async function put(
  client: AwsClient,
  { url, path, where }: { readonly url: string; readonly path: string; readonly where: string },
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    let said: string;
    try {
      const response = await client.fetch(url, {
        method: "PUT",
        body: await openAsBlob(path),
        signal: AbortSignal.timeout(PUT_WITHIN_MS),
      });
      const text = await response.text();
      if (response.ok) return;
      said = `${response.status} ${/<Message>([^<]*)/.exec(text)?.[1] ?? text.slice(0, 200)}`;
      if (response.status < 500)
        throw new LongrunError("unavailable", `${where} could not be written: ${said}`, {
          hint: "The task's role needs s3:PutObject there, and the bucket must be in this Region.",
        });
    } catch (error) {
      if (tried >= TRIES) throw unavailable(`${where} could not be written`, error);
      if (error instanceof LongrunError) throw error;
      continue;
    }
    if (tried >= TRIES) throw new LongrunError("unavailable", `${where} could not be written: ${said}`);
  }
}
