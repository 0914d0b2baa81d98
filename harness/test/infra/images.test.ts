/** Tests that the images fit the tasks that run them. Building an image needs a container engine: .github/workflows/images.yml does it. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { readInfra } from "./readme-tables.ts";

describe("infrastructure: the runner's image", () => {
  const image = readInfra("runner-image/Dockerfile");
  const task = readInfra("modules/runner/main.tf");

  it("makes the folder that the task mounts, gives it to the task's user, declares it a volume, and only then runs as this user", () => {
    const folder = /containerPath = "([^"]+)"/.exec(task)?.[1] ?? "";
    const user = /user += "(\d+)"/.exec(task)?.[1] ?? "";
    expect(folder).to.equal("/run/longrun");
    const lines = image.split("\n");
    const made = lines.indexOf(`RUN mkdir -p ${folder} && chown ${user}:${user} ${folder}`);
    const declared = lines.indexOf(`VOLUME ${folder}`);
    // Docker drops changes to a volume's folder that come after its declaration, and an ordinary user may not change the owner.
    expect([made > -1, declared > made, lines.indexOf(`USER ${user}`) > declared]).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it("runs with an output folder below that volume", () => {
    expect(task).to.match(/"--out", "\/run\/longrun\/run"/);
  });

  it("keeps temporary files on that volume too, outside of the run, because the task can write nowhere else", () => {
    expect(task).to.match(/readonlyRootFilesystem = true/);
    expect(/ TMPDIR=(\S+)/.exec(image)?.[1]).to.equal("/run/longrun/tmp");
  });
});

describe("the base images", () => {
  const root = packageRoot();
  const folders = ["infra", "examples", "docs", "functions", "scripts", ".ci", ".github"];
  const dockerfiles = folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        join(folder, file),
      ),
    )
    .filter((file) => /(^|\/)[^/]*(Dockerfile|Containerfile)$/.test(file));

  it("are pinned by digest, so that a tag that moves changes no build", () => {
    expect(dockerfiles.sort()).to.deep.equal([
      "infra/peer-image/Dockerfile",
      "infra/runner-image/Dockerfile",
    ]);
    for (const file of dockerfiles) {
      const text = readFileSync(join(root, file), "utf8");
      const bases = [...text.matchAll(/^FROM (?:--\S+ )?(\S+)(?: AS (\S+))?$/gim)];
      const stages = bases.map(([, , name]) => name);
      const open = bases.map(([, base = ""]) => base).filter((base) => !stages.includes(base));
      expect(open).to.have.length(1);
      expect(open[0], file).to.match(
        /^public\.ecr\.aws\/docker\/library\/node:22-alpine@sha256:[0-9a-f]{64}$/,
      );
    }
  });

  it("are renewed by Dependabot, which looks in every folder that has a Dockerfile", () => {
    const { updates } = parse(readFileSync(join(root, ".github/dependabot.yml"), "utf8")) as {
      readonly updates: readonly { readonly "package-ecosystem": string; readonly directories?: string[] }[];
    };
    const docker = updates.find((update) => update["package-ecosystem"] === "docker");
    expect(docker?.directories).to.deep.equal(dockerfiles.map((file) => `/${dirname(file)}`));
  });
});
