/**
 * `make state-bucket`: makes the bucket of STATE with versions, encryption (with the key in STATE_KMS_KEY if it is given), no public access,
 * TLS only, and an end for old versions and for plans that waited for an approval. A bucket that has objects is never changed.
 */
import type { Machine } from "../../harness/src/cli/machine.ts";
import { wrongInput, notAvailable } from "../../harness/src/base/errors.ts";
import { EXIT, type ExitCode } from "../../harness/src/words/exit-codes.ts";
import { approve } from "./approve.ts";
import { awsRequests, must } from "./aws-request.ts";
import { makeBucket, type BucketRequests } from "./bucket.ts";
import type { Settings } from "./settings.ts";

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export async function stateBucket(settings: Settings, machine: Machine): Promise<ExitCode> {
  const { state, region, stateKey } = settings;
  if (state === null || region === null)
    throw wrongInput("STATE=s3://BUCKET/KEY and REGION must be given: they name the bucket.");
  await approve(settings, machine, {
    command: "make state-bucket",
    question: `Make s3://${state.bucket} in ${region} a bucket for states (versions, encryption, private)?`,
    undone: "changed",
  });
  await prepareBucket(await awsRequests({ region, endpoint: null }), { ...state, region, stateKey });
  machine.stderr.write(
    `s3://${state.bucket} is ready. Next: make deploy TARGET=aws STATE=s3://${state.bucket}/${state.key} …\n`,
  );
  return EXIT.pass;
}

export async function prepareBucket(
  requests: BucketRequests,
  place: {
    readonly bucket: string;
    readonly key: string;
    readonly region: string;
    readonly stateKey: string | null;
  },
): Promise<void> {
  const { bucket, region } = place;
  const there = await requests.s3("GET", `/${bucket}?versions=`);
  if (there.status === 404) await makeBucket(requests, bucket, region);
  else if (!there.ok)
    throw notAvailable(
      `s3://${bucket} belongs to somebody else or lies in another Region (${there.type ?? there.status}). Nothing was changed.`,
      { hint: "Choose another name: the names of buckets are the same for all accounts." },
    );
  // An empty bucket may be left from an interrupted `make state-bucket`.
  else if (/<(Version|DeleteMarker)>/.test(there.text))
    throw notAvailable(
      `s3://${bucket} exists and has objects, so its settings stay as they are. Nothing was changed.`,
      { hint: "A bucket can have several states: give each deployment another KEY in STATE." },
    );
  for (const { query, action, body } of settingsOf(place))
    await must(action, requests.s3("PUT", `/${bucket}?${query}=`, body));
}

function settingsOf({ bucket, key, stateKey }: Parameters<typeof prepareBucket>[1]) {
  const algorithm =
    stateKey === null
      ? "<SSEAlgorithm>AES256</SSEAlgorithm>"
      : `<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${stateKey}</KMSMasterKeyID>`;
  const tlsOnly = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
  const rule = (id: string, prefix: string, what: string): string =>
    `<Rule><ID>${id}</ID><Filter><Prefix>${prefix}</Prefix></Filter><Status>Enabled</Status>${what}</Rule>`;
  return [
    {
      query: "versioning",
      action: "s3:PutBucketVersioning",
      body: `<VersioningConfiguration ${XMLNS}><Status>Enabled</Status></VersioningConfiguration>`,
    },
    {
      query: "encryption",
      action: "s3:PutEncryptionConfiguration",
      body: `<ServerSideEncryptionConfiguration ${XMLNS}><Rule><ApplyServerSideEncryptionByDefault>${algorithm}</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>${stateKey !== null}</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`,
    },
    {
      query: "publicAccessBlock",
      action: "s3:PutBucketPublicAccessBlock",
      body: `<PublicAccessBlockConfiguration ${XMLNS}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
    },
    { query: "policy", action: "s3:PutBucketPolicy", body: JSON.stringify(tlsOnly) },
    {
      query: "lifecycle",
      action: "s3:PutLifecycleConfiguration",
      body: `<LifecycleConfiguration ${XMLNS}>${rule("old-states", "", "<NoncurrentVersionExpiration><NoncurrentDays>90</NoncurrentDays></NoncurrentVersionExpiration>")}${rule("approved-plans", `${key}.plans/`, "<Expiration><Days>7</Days></Expiration>")}</LifecycleConfiguration>`,
    },
  ];
}
