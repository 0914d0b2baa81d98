/** The commands for buckets, against moto's S3. */
import { expect } from "chai";
import { awsRequests, type AwsRequests } from "../../../../scripts/infra/aws-request.ts";
import { emptyAfterQuestion } from "../../../../scripts/infra/empty-results.ts";
import { prepareBucket } from "../../../../scripts/infra/state-bucket.ts";
import { memoryMachine } from "../../cli/memory-machine.ts";
import type { LongrunError } from "../../../src/base/errors.ts";
import { ownMoto } from "./own-moto.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";

describe("the commands for buckets", function () {
  this.timeout(300_000);
  const endpoint = ownMoto();
  let requests: AwsRequests;
  before(async () => {
    requests = await awsRequests({ region: "eu-central-1", endpoint: endpoint() });
  });
  const textOf = async (path: string): Promise<string> => (await requests.s3("GET", path)).text;
  /** The policy refuses moto's address, which is not encrypted. */
  const allowHttp = (bucket: string) => requests.s3("DELETE", `/${bucket}?policy=`);
  const place = (bucket: string, stateKey: string | null) => ({
    ...{ bucket, key: "longrun.tfstate", region: "eu-central-1", stateKey },
  });

  it("make a bucket for states that keeps versions, is encrypted and private, and forgets old plans", async () => {
    await prepareBucket(requests, place("acme-state", KEY));
    expect(await textOf("/acme-state?versioning=")).to.contain("<Status>Enabled</Status>");
    const encryption = await textOf("/acme-state?encryption=");
    expect([encryption.includes("aws:kms"), encryption.includes(KEY)]).to.deep.equal([true, true]);
    expect((await textOf("/acme-state?publicAccessBlock=")).match(/>true</g)).to.have.lengthOf(4);
    expect(await textOf("/acme-state?policy=")).to.contain('"aws:SecureTransport":"false"');
    const lifecycle = await textOf("/acme-state?lifecycle=");
    expect([lifecycle.includes("longrun.tfstate.plans/"), lifecycle.includes(">90<")]).to.deep.equal([
      true,
      true,
    ]);
  });

  it("continue with an empty bucket, and leave a bucket with objects as it is", async () => {
    await prepareBucket(requests, place("acme-other", null));
    await prepareBucket(requests, place("acme-other", null));
    await allowHttp("acme-other");
    await requests.s3("PUT", "/acme-other/longrun.tfstate", "{}");
    const error = await refusalOf(prepareBucket(requests, place("acme-other", KEY)));
    expect(error.message).to.contain("s3://acme-other exists and has objects");
    expect(await textOf("/acme-other?encryption=")).to.contain("AES256");
  });

  it("remove every version of every result only after a yes", async () => {
    await prepareBucket(requests, place("acme-runs", null));
    await allowHttp("acme-runs");
    for (const text of ["first", "second"])
      await requests.s3("PUT", "/acme-runs/runs/a b/journal.jsonl", text);
    await requests.s3("DELETE", "/acme-runs/runs/a b/journal.jsonl");
    const versions = async (): Promise<number> =>
      (await textOf("/acme-runs?versions=")).match(/<(Version|DeleteMarker)>/g)?.length ?? 0;
    const machine = memoryMachine([]);
    const refused = await refusalOf(
      emptyAfterQuestion(requests, "acme-runs", { settings: { autoApprove: false }, machine }),
    );
    expect([/AUTO_APPROVE=1/.test(`${refused.message} ${refused.hint}`), await versions()]).to.deep.equal([
      true,
      3,
    ]);
    await emptyAfterQuestion(requests, "acme-runs", { settings: { autoApprove: true }, machine });
    expect([machine.err().includes("Removed 3 versions."), await versions()]).to.deep.equal([true, 0]);
    expect((await requests.s3("DELETE", "/acme-runs")).ok).to.equal(true);
  });
});

async function refusalOf(work: Promise<void>): Promise<LongrunError> {
  return work.then(
    () => Promise.reject(new Error("was not refused")),
    (error: unknown) => error as LongrunError,
  );
}
