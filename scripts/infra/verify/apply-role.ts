/**
 * Makes a role with exactly the policies that the documentation gives for an apply: those of the apply role in infra/github. Only GitHub
 * may assume the role in infra/github, so this second role trusts the user of the verification.
 */
import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { EnvironmentVariables } from "../../../harness/src/base/environment-variables.ts";
import { caller, must, textsOf, type Answer, type AwsRequests } from "../aws-request.ts";
import { run, type Ended } from "../command.ts";
import { failure } from "../explain-failure.ts";
import type { LocalServices } from "../local-services.ts";
import type { Settings } from "../settings.ts";
import { requireTerraform } from "../terraform-tool.ts";
import { withoutAccount } from "../without-account.ts";
import { initialise } from "../workspace.ts";
import { removeRole } from "./iam.ts";

const SESSION_SECONDS = 3_600;
const ISSUER = "token.actions.githubusercontent.com";
const POLL_MS = 2_000;
/**
 * For this long, failed requests for the credentials of a new role are repeated: a change of IAM takes some seconds to reach all services.
 */
const KNOWN_WITHIN_MS = 120_000;
const OUTPUTS = z.object({ boundary_arn: z.object({ value: z.string() }) });

export interface ApplyRole {
  /** Every role of the deployment must have this permissions boundary. */
  readonly boundaryArn: string;
  /** Environment variables with new credentials of the role, which are valid for an hour. */
  credentials(): Promise<EnvironmentVariables>;
}

export interface RolePlace {
  readonly settings: Pick<Settings, "root" | "tool" | "folder" | "target" | "name"> & {
    readonly region: string;
  };
  readonly requests: AwsRequests;
  readonly running: LocalServices | null;
}

/** `removeApplyRole` must be called even if this rejects. */
export async function makeApplyRole(place: RolePlace): Promise<ApplyRole> {
  const { settings, requests } = place;
  const { name, region } = settings;
  const providers = await ask(requests, "ListOpenIDConnectProviders", {});
  const provider = textsOf(providers.text, "Arn").find((arn) => arn.endsWith(`/${ISSUER}`)) ?? null;
  const variables = {
    name,
    region,
    repository: "longrun/verify",
    existing_provider_arn: provider,
    state: { bucket: `${name}-no-bucket`, key: "none" },
  };
  const root = await githubRoot(place);
  writeFileSync(join(root.folder, "terraform.tfvars.json"), JSON.stringify(variables));
  await root.change();
  const { stdout } = await root.terraform("output", "-json");
  const RoleName = roleName(name);
  const made = await ask(requests, "CreateRole", {
    RoleName,
    AssumeRolePolicyDocument: trust((await caller(requests)).arn),
    MaxSessionDuration: String(SESSION_SECONDS),
    "Tags.member.1.Key": "Longrun",
    "Tags.member.1.Value": name,
  });
  const policies = await ask(requests, "ListAttachedRolePolicies", { RoleName: `${name}-github-apply` });
  for (const PolicyArn of textsOf(policies.text, "PolicyArn"))
    await ask(requests, "AttachRolePolicy", { RoleName, PolicyArn });
  const [arn = ""] = textsOf(made.text, "Arn");
  return {
    boundaryArn: OUTPUTS.parse(JSON.parse(stdout)).boundary_arn.value,
    credentials: () => assumed(requests, arn),
  };
}

/** Also destroys infra/github if it was applied. */
export async function removeApplyRole(place: RolePlace): Promise<void> {
  const { settings, requests } = place;
  await removeRole(requests, roleName(settings.name));
  if (!existsSync(folderIn(settings.folder))) return;
  const root = await githubRoot(place);
  if (existsSync(join(root.folder, "terraform.tfvars.json"))) await root.change("-destroy");
}

export const roleName = (name: string): string => `${name}-verify`;

const folderIn = (folder: string): string => join(folder, "github");

interface GithubRoot {
  readonly folder: string;
  /** Makes a plan and applies it. `options` are passed to the plan. */
  change(...options: readonly string[]): Promise<void>;
  terraform(verb: "plan" | "apply" | "output", ...args: readonly string[]): Promise<Ended>;
}

/** infra/github is initialised in a copy of infra/ in the folder of the verification. The state is in this copy too. */
async function githubRoot({ settings, running }: RolePlace): Promise<GithubRoot> {
  const tool = await requireTerraform(settings.tool);
  const copy = folderIn(settings.folder);
  if (!existsSync(copy)) cpSync(join(settings.root, "infra"), copy, { recursive: true });
  const folder = join(copy, "github");
  const environment = {
    ...(running === null
      ? process.env
      : { ...withoutAccount(process.env), AWS_ENDPOINT_URL: running.services }),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: undefined,
  };
  const state = `-backend-config=path=${join(copy, "github.tfstate")}`;
  const env = await initialise(tool, ["-reconfigure", state], folder, environment);
  const terraform: GithubRoot["terraform"] = async (verb, ...args) => {
    const shown = verb === "apply" ? ({ stdout: "show", stderr: "show" } as const) : {};
    const ended = await run(tool.program, [verb, "-no-color", ...args], { cwd: folder, env, ...shown });
    if (ended.code !== 0) throw failure(`${verb} of infra/github ended with ${ended.code}.`, ended);
    return ended;
  };
  return {
    folder,
    terraform,
    change: async (...options) => {
      await terraform("plan", "-input=false", "-out=plan", ...options);
      await terraform("apply", "-input=false", "plan");
    },
  };
}

const trust = (principal: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }],
  });

async function assumed(requests: AwsRequests, RoleArn: string): Promise<EnvironmentVariables> {
  const until = performance.now() + KNOWN_WITHIN_MS;
  for (;;) {
    const asked = requests.query("sts", "AssumeRole", {
      RoleArn,
      RoleSessionName: "longrun-verify",
      DurationSeconds: String(SESSION_SECONDS),
    });
    const answer = await asked;
    const one = (member: string): string => textsOf(answer.text, member)[0] ?? "";
    if (answer.ok)
      return {
        AWS_ACCESS_KEY_ID: one("AccessKeyId"),
        AWS_SECRET_ACCESS_KEY: one("SecretAccessKey"),
        AWS_SESSION_TOKEN: one("SessionToken"),
        AWS_PROFILE: undefined,
      };
    if (performance.now() > until) await must("AssumeRole", asked);
    await sleep(POLL_MS);
  }
}

const ask = (
  requests: AwsRequests,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Answer> => must(action, requests.query("iam", action, parameters));
