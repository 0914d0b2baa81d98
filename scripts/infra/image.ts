/**
 * `make image`: builds the images of peer and runner and pushes them into the deployment's repository, unless they are there already.
 * Prints their references, which IMAGE and `runner.image` take.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { wrongInput, notAvailable } from "../../harness/src/base/errors.ts";
import { EXIT, type ExitCode } from "../../harness/src/words/exit-codes.ts";
import { awsRequests, type AwsRequests } from "./aws-request.ts";
import { NotOnPath, run, type Ended, type RunOptions } from "./command.ts";
import { readDeployed, type DeployedStack } from "./deployed.ts";
import { imageTag, type ImageFile, type ImageKind } from "./image-tag.ts";
import type { Settings } from "./settings.ts";

const TOKEN = z.object({ authorizationData: z.array(z.object({ authorizationToken: z.string() })).min(1) });
/** What each Dockerfile copies. Its .dockerignore lets nothing else through. */
const CONTENTS: Readonly<Record<ImageKind, readonly string[]>> = {
  peer: ["dist/peer.mjs", "LICENSE"],
  runner: ["dist", "package.json", "package-lock.json", "LICENSE"],
};
const KINDS = ["peer", "runner"] as const satisfies readonly ImageKind[];
const PLATFORMS: Readonly<Record<DeployedStack["architecture"], string>> = {
  x86_64: "linux/amd64",
  arm64: "linux/arm64",
};

export async function image(settings: Settings, machine: Machine): Promise<ExitCode> {
  if (settings.target === "local")
    throw wrongInput("TARGET=local runs no images: moto starts no tasks.", {
      hint: "make image TARGET=aws pushes to the repository of a deployment on AWS.",
    });
  const { region, architecture, image_repository: repository } = await readDeployed(settings);
  if (repository == null)
    throw notAvailable("The deployment has no image repository.", {
      hint: 'Deploy once with VARS holding {"image_repository": true} (docs/deploy.md, choose the peer).',
    });
  const requests = await awsRequests({ region, endpoint: null });
  const references = await pushImages({ ...settings, architecture, repository, requests, machine });
  for (const reference of references) machine.stdout.write(`${reference}\n`);
  return EXIT.pass;
}

interface Push extends Pick<Settings, "containers" | "root">, Pick<DeployedStack, "architecture"> {
  /** REGISTRY/NAME */
  readonly repository: string;
  readonly requests: Pick<AwsRequests, "json">;
  readonly machine: Pick<Machine, "stderr">;
  /** Tests pass a PATH with a substitute for podman and docker. */
  readonly environment?: RunOptions["env"];
}

export async function pushImages(push: Push): Promise<readonly string[]> {
  const { repository, root, architecture, machine } = push;
  const images = KINDS.map((kind) => {
    const dockerfile = `infra/${kind}-image/Dockerfile`;
    const files = [dockerfile, ...CONTENTS[kind]].flatMap((path) => filesAt(root, path));
    return { dockerfile, tag: imageTag(kind, architecture, files) };
  });
  const missing = [];
  for (const one of images) if (!(await isThere(push, one.tag))) missing.push(one);
  if (missing.length > 0) {
    const program = await containerTool(push);
    await logIn(push, program);
    for (const { dockerfile, tag } of missing) {
      const reference = `${repository}:${tag}`;
      machine.stderr.write(`${program} build and push ${reference}\n`);
      // Podman looks for the list of ignored files in another place than Docker.
      const ignored = program === "podman" ? ["--ignorefile", `${dockerfile}.dockerignore`] : [];
      const platform = ["--platform", PLATFORMS[architecture]];
      await step(push, program, [
        ...["build", ...platform, "--file", dockerfile, ...ignored],
        ...["--tag", reference, "."],
      ]);
      await step(push, program, ["push", reference]);
    }
  }
  return images.map(({ tag }) => `${repository}:${tag}`);
}

function filesAt(root: string, path: string): readonly ImageFile[] {
  if (!statSync(join(root, path)).isDirectory()) return [{ path, content: readFileSync(join(root, path)) }];
  return readdirSync(join(root, path)).flatMap((name) => filesAt(root, `${path}/${name}`));
}

/** Also false if these credentials do not allow the look-up; then the image is pushed. */
async function isThere({ requests, repository }: Push, imageTagged: string): Promise<boolean> {
  const answer = await requests.json("ecr", "DescribeImages", {
    repositoryName: repository.slice(repository.indexOf("/") + 1),
    imageIds: [{ imageTag: imageTagged }],
  });
  return answer.ok;
}

async function containerTool({ containers, environment }: Push): Promise<string> {
  for (const program of containers === null ? ["podman", "docker"] : [containers]) {
    try {
      const { code } = await run(program, ["--version"], { env: environment ?? process.env });
      if (code === 0) return program;
    } catch (error) {
      if (!(error instanceof NotOnPath)) throw error;
    }
  }
  throw notAvailable(
    containers === null
      ? "Neither podman nor docker is on the PATH."
      : `${containers} is not on the PATH, or does not work.`,
    { hint: "The workflow `images` builds and pushes them too (.github/workflows/images.yml)." },
  );
}

async function logIn(push: Push, program: string): Promise<void> {
  const answer = await push.requests.json("ecr", "GetAuthorizationToken", {});
  if (!answer.ok)
    throw notAvailable(`ECR gives no token: ${answer.type ?? answer.status} ${answer.message}`, {
      hint: "Your credentials need ecr:GetAuthorizationToken, and the rights to push (docs/permissions.md).",
    });
  const [data] = answer.read(TOKEN).authorizationData;
  const password = Buffer.from(data?.authorizationToken ?? "", "base64")
    .toString()
    .replace(/^AWS:/, "");
  const registry = push.repository.split("/")[0] ?? "";
  await step(push, program, ["login", "--username", "AWS", "--password-stdin", registry], password);
}

async function step(
  { root, environment }: Push,
  program: string,
  args: readonly string[],
  input?: string,
): Promise<void> {
  const shown = input === undefined ? "show" : "keep";
  const ended: Ended = await run(program, args, {
    cwd: root,
    env: environment ?? process.env,
    stdout: shown,
    stderr: shown,
    ...(input === undefined ? {} : { input }),
  });
  if (ended.code === 0) return;
  const [verb = ""] = args;
  const hint = /exec format error|no match for platform|does not provide the specified platform/i.test(
    ended.stdout + ended.stderr,
  )
    ? "The images are for another processor than this machine has: install QEMU's user emulation (package qemu-user-static), or deploy with this machine's processor (make deploy ARCHITECTURE=…)."
    : "";
  throw notAvailable(
    `${program} ${verb} ended with ${ended.code}.${shown === "keep" ? `\n${ended.stderr.trimEnd()}` : ""}`,
    hint === "" ? {} : { hint },
  );
}
