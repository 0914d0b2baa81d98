/** Lets a small Terraform configuration keep its state and its lock in a bucket that only this probe uses. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../command.ts";
import { requireTerraform } from "../../terraform-tool.ts";
import { withoutAccount } from "../../without-account.ts";
import { emptyBucket, keysIn, makeBucket, pathOf } from "../../bucket.ts";
import { stateBucket } from "../names.ts";
import { confirmed, differs, notReached, type ProbeContext, type ProbeResult } from "../probe.ts";

const KEY = "verify.tfstate";
const LOCK = `${KEY}.tflock`;

export async function stateS3(context: ProbeContext): Promise<ProbeResult> {
  const { requests, region, name } = context;
  const bucket = stateBucket(name);
  try {
    await makeBucket(requests, bucket, region);
    return await keptIn(bucket, context);
  } finally {
    await emptyBucket(requests, bucket);
    await requests.s3("DELETE", `/${bucket}`);
  }
}

async function keptIn(
  bucket: string,
  { folder, tool, region, running, requests }: ProbeContext,
): Promise<ProbeResult> {
  const work = join(folder, "state-s3");
  mkdirSync(work, { recursive: true });
  const local = {
    use_path_style: true,
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
  };
  const s3 = {
    bucket,
    key: KEY,
    region,
    encrypt: true,
    use_lockfile: true,
    ...(running === null ? {} : local),
  };
  const configuration = {
    terraform: { backend: { s3 } },
    resource: { terraform_data: { verify: { input: "longrun verify" } } },
  };
  writeFileSync(join(work, "main.tf.json"), JSON.stringify(configuration));
  const { program } = await requireTerraform(tool);
  const account =
    running === null
      ? process.env
      : { ...withoutAccount(process.env), AWS_ENDPOINT_URL_S3: running.services };
  const env = { ...account, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined };
  const terraform = async (verb: string, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await run(program, [verb, "-input=false", "-no-color", ...args], {
      cwd: work,
      env,
    });
    return { ok: code === 0, text: `${stdout}${stderr}` };
  };
  const init = await terraform("init");
  if (!init.ok)
    return /use_lockfile/.test(init.text)
      ? notReached("This program does not know use_lockfile. Terraform 1.11 and OpenTofu 1.10 do.")
      : differs(`init failed: ${lastError(init.text)}`);
  const lock = {
    ID: "longrun-verify",
    Operation: "verify",
    Who: "longrun verify",
    Created: new Date().toISOString(),
  };
  const written = await requests.s3("PUT", pathOf(bucket, LOCK), JSON.stringify(lock));
  if (!written.ok) return differs(`The lock could not be written: ${written.type ?? written.status}.`);
  const refused = await terraform("apply", "-auto-approve");
  await requests.s3("DELETE", pathOf(bucket, LOCK));
  if (refused.ok || !/state lock/i.test(refused.text))
    return differs(
      refused.ok
        ? "An apply succeeded although another process held the lock."
        : `While another process held the lock, the apply failed with another error: ${lastError(refused.text)}`,
    );
  const applied = await terraform("apply", "-auto-approve");
  if (!applied.ok) return differs(`The apply failed: ${lastError(applied.text)}`);
  const keys = await keysIn(requests, bucket, KEY);
  return keys.join() === KEY
    ? confirmed(
        "An apply was refused while another process held the lock. The next one wrote its state into the bucket and removed its lock.",
      )
    : differs(`After the apply the bucket has: ${keys.length === 0 ? "nothing" : keys.join(", ")}.`);
}

const lastError = (text: string): string => /Error: ([^\n]*)/.exec(text)?.[1] ?? text.trim().slice(-200);
