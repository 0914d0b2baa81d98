import { expect } from "chai";
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { CodeStore } from "../../../../src/engine/registry/packages/code-store.ts";
import { zipOf } from "../../support/test-engine.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const FILES = [
  { path: "index.mjs", content: "export const handler = 1;\n" },
  { path: "lib/part.mjs", content: "part" },
];

describe("packages of functions after a power loss", () => {
  const folder = temporaryFolder();
  const made = async (): Promise<readonly [store: CodeStore, package_: string]> => {
    const store = new CodeStore(folder.path(), { boot: "first" });
    return [store, (await store.put(await zipOf(FILES))).folder];
  };
  const contents = (name: string): string => join(folder.path(), name, "contents");

  it("are on the disk before a request is acknowledged: the zip, its name, the package's name", async function () {
    if (!existsSync("/proc/self/fd")) return this.skip();
    const flushed: [path: string, names: readonly string[]][] = [];
    const store = new CodeStore(folder.path(), {
      flush: (file) => {
        const path = readlinkSync(`/proc/self/fd/${file.fd}`);
        const names = readdirSync(folder.path()).map((name) => name.replace(/[0-9a-f]{8,}[0-9a-f-]*$/, "ID"));
        flushed.push([path.slice(folder.path().length).replace(/(?<=-)[0-9a-f-]{36}/, "ID"), names]);
        return Promise.resolve();
      },
    });
    await store.put(await zipOf(FILES));
    expect(flushed).to.deep.equal([
      ["/unfinished-ID/package.zip", ["unfinished-ID"]],
      ["/unfinished-ID", ["unfinished-ID"]],
      ["", ["ID"]],
    ]);
  });

  it("are unpacked again, whatever is left of their contents", async () => {
    const [, name] = await made();
    truncateSync(join(contents(name), "index.mjs"), 3);
    rmSync(join(contents(name), "lib"), { recursive: true });
    writeFileSync(join(contents(name), "rest"), "");
    const next = new CodeStore(folder.path(), { boot: "second" });
    expect(await next.reopen(name)).to.equal(30);
    expect(readdirSync(contents(name), { recursive: true }).toSorted()).to.deep.equal([
      "index.mjs",
      "lib",
      "lib/part.mjs",
    ]);
    expect(readFileSync(join(contents(name), "index.mjs"), "utf8")).to.equal(FILES[0]?.content);
  });

  it("stay as they are while the machine runs, and while an engine uses them", async () => {
    const [store, name] = await made();
    const mark = join(contents(name), "mark");
    writeFileSync(mark, "");
    await store.put(await zipOf(FILES));
    await new CodeStore(folder.path(), { boot: "first" }).reopen(name);
    expect(existsSync(mark)).to.equal(true);
  });

  it("are refused if their zip is lost or damaged, until somebody sends them again", async () => {
    const [, name] = await made();
    const reopen = (): Promise<string> =>
      new CodeStore(folder.path(), { boot: "second" })
        .reopen(name)
        .then(String, (error: Error) => error.message);
    truncateSync(join(folder.path(), name, "package.zip"), 20);
    expect(await reopen()).to.include("Could not unzip uploaded file");
    rmSync(join(folder.path(), name, "package.zip"));
    expect(await reopen()).to.include("ENOENT");
    await new CodeStore(folder.path(), { boot: "third" }).put(await zipOf(FILES));
    expect(await reopen()).to.equal("30");
  });
});
