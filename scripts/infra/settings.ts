/** Reads the Makefile's variables into settings, or reports every mistake. make passes on empty variables, which count as not given. */
import { join, resolve } from "node:path";
import { wrongInput } from "../../harness/src/base/errors.ts";
import { TARGETS, type RunTarget } from "../../harness/src/words/target.ts";
import { ARCHITECTURES, type Architecture } from "../../harness/src/words/function-size.ts";
import { LOCAL_REGION } from "../../harness/src/words/local-region.ts";
import { DEFAULT_PROFILE } from "../../harness/src/record/plan.ts";
import { accept, expected, type Parsed } from "../../harness/src/settings/parsed.ts";
import { awsRegion, oneOf } from "../../harness/src/settings/value-parsers.ts";
import { parseDuration } from "../../harness/src/base/time.ts";
import { givenVariables, type GivenVariables } from "./given-variables.ts";
import { MakeVariables } from "./make-variables.ts";
import { readPeer, type PeerChoice } from "./read-peer.ts";
import type { EnvironmentVariables } from "../../harness/src/base/environment-variables.ts";

export interface Settings {
  readonly target: RunTarget;
  readonly name: string;
  /** Null if no Region is given and the command does not need one. */
  readonly region: string | null;
  /** Bucket and key of Terraform's state. Null if the state is kept in `folder`. */
  readonly state: { readonly bucket: string; readonly key: string } | null;
  /** The KMS key of the state. Null if S3 encrypts the state with its own keys. */
  readonly stateKey: string | null;
  /** With TARGET=aws, null if PEER is not given. Then VARS or a saved plan gives the peer, or the command reads what is deployed. */
  readonly peer: PeerChoice | null;
  readonly designs: readonly string[];
  /** Null for the default in infra/variables.tf. */
  readonly architecture: Architecture | null;
  /** The program that builds images; null for the first of podman and docker that is installed. */
  readonly containers: string | null;
  /** The length of the soak as the user gave it; null for the default of the command. */
  readonly duration: string | null;
  readonly seed: string;
  readonly platform: string;
  readonly since: string;
  readonly out: string | null;
  readonly tolerate: "no-exposure" | null;
  readonly inWorkflow: boolean;
  readonly keepServices: boolean;
  readonly autoApprove: boolean;
  /** The variables in VARS. If VARS names a file that Terraform reads itself, `variables` has only the name and the Region from this file. */
  readonly variables: GivenVariables["values"];
  readonly given: GivenVariables["names"];
  readonly variablesFile: GivenVariables["file"];
  /** A plan may remove the resources that belong to these variables. */
  readonly remove: readonly string[];
  readonly savedPlan: string | null;
  /** terraform or tofu; null if none was chosen. */
  readonly tool: string | null;
  readonly root: string;
  /** The folder of this target: state, services and work folder. */
  readonly folder: string;
  /** True for a verification: its state is in `folder`, even if infra/backend_override.tf names a bucket for another deployment. */
  readonly stateInFolder?: boolean;
  /** True for a verification. It has already told the user what it makes, so its plans are shown only if they fail. */
  readonly quietPlans?: boolean;
  /** For a verification: Terraform's credentials in place of the user's. */
  readonly credentials?: EnvironmentVariables;
}

/** Terraform has the same default; a test compares them. */
export const DEFAULT_NAME = "longrun";

export interface Verb {
  /** False if the command reads what is deployed, and so needs neither peer nor Region. */
  readonly plans?: boolean;
  /** False for `make destroy`, which needs no image. */
  readonly startsTasks?: boolean;
  readonly readText?: (path: string) => string;
}

export function readSettings(
  variables: EnvironmentVariables,
  root: string,
  { plans = true, startsTasks = true, readText = () => "" }: Verb = {},
): Settings {
  const make = new MakeVariables(variables);
  const target = make.read("TARGET", oneOf(TARGETS)) ?? "local";
  const name = make.read("NAME", deploymentName) ?? DEFAULT_NAME;
  const state = make.read("STATE", stateLocation);
  const vars = givenVariables(make.given("VARS"), readText, make.problems);
  const remove = make.list("REMOVE", variableName);
  // Some settings are required only if there is no saved plan, because a saved plan already contains them.
  const whole = plans && make.given("PLAN") === null;
  const peer = readPeer(make, target, {
    required: whole && !vars.names.includes("peer"),
    imageRequired: whole && target === "aws" && startsTasks,
  });
  const designs = readDesigns(make, peer);
  const region = readRegion(make, target, whole || state !== null);
  if (target === "local" && state !== null)
    make.problems.push(
      "STATE goes with TARGET=aws: the state of the local target is kept and removed with its engine.",
    );
  const savedPlan = make.given("PLAN");
  const settings: Settings = {
    target,
    name,
    region,
    state,
    stateKey: make.read("STATE_KMS_KEY", keyArn),
    peer,
    designs,
    architecture: make.read("ARCHITECTURE", oneOf(ARCHITECTURES)),
    containers: make.read("CONTAINERS", oneOf(["podman", "docker"])),
    duration: make.read("DURATION", length("a length such as 90s, 15m or 24h")),
    seed: make.given("SEED") ?? "1",
    platform: make.given("PLATFORM") ?? DEFAULT_PROFILE,
    since: make.read("SINCE", length("a length such as 30m or 2h")) ?? "1h",
    out: make.given("OUT"),
    tolerate: make.read("TOLERATE", oneOf(["no-exposure"])),
    inWorkflow: make.given("GITHUB_ACTIONS") === "true",
    keepServices: make.given("KEEP_SERVICES") === "1",
    autoApprove: make.given("AUTO_APPROVE") === "1",
    variables: vars.values,
    given: vars.names,
    variablesFile: vars.file,
    remove,
    savedPlan: savedPlan === null ? null : resolve(savedPlan),
    tool: make.given("TF"),
    root,
    folder: resolve(make.given("LONGRUN_DATA") ?? join(root, ".longrun", target)),
  };
  if (make.problems.length > 0) throw wrongInput(make.problems.join("\n"));
  return settings;
}

function readDesigns(make: MakeVariables, peer: PeerChoice | null): readonly string[] {
  const given = make.list("DESIGNS", designLabel);
  if (given.length > 0 && peer !== null && peer.kind !== "managed" && given.length !== 1) {
    make.problems.push(
      `One machine accepts one connection, so only one function can use it: DESIGNS must name one. Given: ${given.join(", ")}. With PEER=managed each function has its own peer.`,
    );
  }
  if (given.length > 0) return given;
  return peer?.kind === "managed" ? ["init-connect", "handler-connect"] : ["handler-connect"];
}

function readRegion(make: MakeVariables, target: RunTarget, needed: boolean): string | null {
  const from = ["REGION", "AWS_REGION", "AWS_DEFAULT_REGION"].find((name) => make.given(name) !== null);
  if (from !== undefined) return make.read(from, awsRegion);
  if (target === "local") return LOCAL_REGION;
  if (needed)
    make.problems.push("REGION (or AWS_REGION) must be given with TARGET=aws, such as REGION=eu-central-1.");
  return null;
}

const matching =
  (pattern: RegExp, what: string) =>
  (text: string): Parsed<string> =>
    pattern.test(text) ? accept(text) : expected(what);

const deploymentName = matching(
  /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
  "2 to 20 lower-case letters, digits and hyphens",
);
const designLabel = matching(
  /^[a-z][a-z0-9-]{0,28}[a-z0-9]$/,
  "names of function designs, such as init-connect,handler-connect",
);
const keyArn = matching(/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, "the ARN of a KMS key");
const variableName = matching(/^[a-z][a-z_]*$/, "names of variables, such as github,image_repository");

const length =
  (what: string) =>
  (text: string): Parsed<string> =>
    parseDuration(text) === null ? expected(what) : accept(text);

function stateLocation(text: string): Parsed<NonNullable<Settings["state"]>> {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([^\s"]+)$/.exec(text);
  return match === null
    ? expected("s3://BUCKET/KEY")
    : accept({ bucket: match[1] ?? "", key: match[2] ?? "" });
}
