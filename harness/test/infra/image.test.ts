import { expect } from "chai";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsRequests } from "../../../scripts/infra/aws-request.ts";
import { imageTag } from "../../../scripts/infra/image-tag.ts";
import type { Architecture } from "../../src/words/function-size.ts";
import { pushImages } from "../../../scripts/infra/image.ts";
import { cannedService, json } from "../adapters/aws/canned-service.ts";
import { memoryMachine } from "../cli/memory-machine.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const REPOSITORY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun";

describe("infrastructure: make image", () => {
  const folder = temporaryFolder();

  /** A checkout with the files that the images contain, and programs that write down how they were called. */
  function checkout(exitCode: number): { readonly root: string; readonly calls: () => string } {
    const root = folder.path();
    for (const path of ["dist", "infra/peer-image", "infra/runner-image", "bin"])
      mkdirSync(join(root, path), { recursive: true });
    for (const path of ["dist/peer.mjs", "dist/runner.js", "package.json", "package-lock.json", "LICENSE"])
      writeFileSync(join(root, path), path);
    for (const kind of ["peer", "runner"])
      writeFileSync(join(root, `infra/${kind}-image/Dockerfile`), `FROM ${kind}\n`);
    const log = join(root, "calls");
    writeFileSync(log, "");
    const program = join(root, "bin", "docker");
    writeFileSync(
      program,
      `#!/bin/sh\necho "docker $*" >> '${log}'\ncase $1 in login) cat >> '${log}';; build) exit ${exitCode};; esac\n`,
    );
    chmodSync(program, 0o755);
    return { root, calls: () => readFileSync(log, "utf8") };
  }

  async function push(
    root: string,
    { there, architecture }: { readonly there: RegExp; readonly architecture: Architecture },
  ) {
    const service = await cannedService(({ headers, body }, response) => {
      const target = String(headers["x-amz-target"]);
      if (target.endsWith("GetAuthorizationToken"))
        json(response, 200, {
          authorizationData: [{ authorizationToken: Buffer.from("AWS:secret\n").toString("base64") }],
        });
      else if (there.test(body)) json(response, 200, { imageDetails: [{}] });
      else json(response, 400, { __type: "ImageNotFoundException", message: "no" });
    });
    const requests = await awsRequests({ region: "eu-central-1", endpoint: service.endpoint });
    try {
      return await pushImages({
        root,
        architecture,
        containers: "docker",
        repository: REPOSITORY,
        requests,
        machine: memoryMachine([]),
        environment: { PATH: `${join(root, "bin")}:/usr/bin:/bin` },
      });
    } finally {
      await service.close();
    }
  }

  it("builds both images for the processor of the deployment and pushes them to its repository", async () => {
    const { root, calls } = checkout(0);
    const references = await push(root, { there: /^$/, architecture: "arm64" });
    const [peer = "", runner = ""] = references;
    expect(references.map((one) => one.replace(/[0-9a-f]{16}$/, "HASH"))).to.deep.equal([
      `${REPOSITORY}:peer-HASH`,
      `${REPOSITORY}:runner-HASH`,
    ]);
    expect(calls().trim().split("\n")).to.deep.equal([
      "docker --version",
      "docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-central-1.amazonaws.com",
      "secret",
      `docker build --platform linux/arm64 --file infra/peer-image/Dockerfile --tag ${peer} .`,
      `docker push ${peer}`,
      `docker build --platform linux/arm64 --file infra/runner-image/Dockerfile --tag ${runner} .`,
      `docker push ${runner}`,
    ]);
  });

  it("does nothing for an image that the repository has", async () => {
    const { root, calls } = checkout(0);
    await push(root, { there: /peer-/, architecture: "x86_64" });
    expect(calls()).to.not.contain("peer-image");
    expect(calls()).to.contain("docker build --platform linux/amd64 --file infra/runner-image/Dockerfile");
  });

  it("pushes nothing if an image could not be built", async () => {
    const { root, calls } = checkout(3);
    const error = await push(root, { there: /^$/, architecture: "x86_64" }).catch((one: unknown) => one);
    expect((error as Error).message).to.equal("docker build ended with 3.");
    expect(calls()).to.not.contain("docker push");
  });

  it("gives an image another tag if its files or its processor are different", () => {
    const files = [
      { path: "a", content: Buffer.from("1") },
      { path: "b", content: Buffer.from("2") },
    ];
    const tag = imageTag("peer", "x86_64", files);
    expect(tag).to.match(/^peer-[0-9a-f]{16}$/);
    expect(imageTag("peer", "x86_64", [...files].reverse())).to.equal(tag);
    expect(
      new Set([
        tag,
        imageTag("peer", "arm64", files),
        imageTag("peer", "x86_64", files.slice(1)),
        imageTag("peer", "x86_64", [{ path: "a", content: Buffer.from("1b") }]),
      ]).size,
    ).to.equal(4);
  });
});
