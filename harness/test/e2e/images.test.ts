import { expect } from "chai";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = packageRoot();
const dockerfile = (image: string): string =>
  readFileSync(join(root, "infra", `${image}-image`, "Dockerfile"), "utf8");

describe("container images:", () => {
  const folder = temporaryFolder();

  it("the peer in its image needs only one file to run", async () => {
    copyFileSync(join(root, "dist", "peer.mjs"), join(folder.path(), "peer.mjs"));
    // Starts the peer with the flags of its ECS task (infra/modules/peer), but on loopback and on a free port, and without --capacity.
    const child = spawn(
      process.execPath,
      ["peer.mjs", "peer", "--host", "127.0.0.1", "--port", "0", "--admission", "refuse", "--json"],
      { cwd: folder.path(), stdio: ["ignore", "pipe", "inherit"] },
    );
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () =>
      JSON.parse((await lines.next()).value as string) as { readonly event: string; readonly port: number };
    const ready = await next();
    const socket = connect(ready.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      '{"type":"hello","bootId":"b","logStream":"s","phase":"invoke","time":"2026-11-25T00:00:00.000Z","token":null}\n',
    );
    const accepted = await next();
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number | null];
    socket.destroy();
    expect([ready.event, accepted.event, code]).to.deep.equal(["ready", "accepted", 0]);
  });

  for (const image of ["peer", "runner"]) {
    it(`the image of the ${image} copies existing files, runs as an ordinary user, and has no health check`, () => {
      const text = dockerfile(image);
      const copied = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = ""]) =>
        names.split(" "),
      );
      expect(copied.filter((name) => !existsSync(join(root, name)))).to.deep.equal([]);
      const ignored = readFileSync(join(root, "infra", `${image}-image`, "Dockerfile.dockerignore"), "utf8");
      expect(copied.filter((name) => !ignored.split("\n").some((line) => line === `!${name}`))).to.deep.equal(
        [],
      );
      expect([/^USER 1000$/m.test(text), /^HEALTHCHECK/m.test(text)]).to.deep.equal([true, false]);
    });
  }
});
