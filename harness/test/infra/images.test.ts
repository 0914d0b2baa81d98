/** Tests that the images fit the tasks that run them. Building an image needs a container engine: .github/workflows/images.yml does it. */
import { expect } from "chai";
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
