import { expect } from "chai";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, readlink, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodeStore, ZIPPED_BYTES_MAX } from "../../../../src/engine/registry/packages/code-store.ts";
import { LambdaError } from "../../../../src/engine/request-validation/lambda-error.ts";
import {
  UNZIPPED_BYTES_MAX,
  unpackPackage,
} from "../../../../src/engine/registry/packages/unpack-package.ts";
import { type PackageEntry, zipOf } from "../../support/test-engine.ts";
import { itInTestAll } from "../../../support/test-all.ts";
import { workOfEventLoop } from "../../../support/work-of-event-loop.ts";

const UNREADABLE = "Could not unzip uploaded file. Please check your file, then try to upload again.";

describe("engine registry: deployment packages", () => {
  let folder: string;
  let store: CodeStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "longrun-code-"));
    store = new CodeStore(join(folder, "code"));
    await store.sweep(new Set());
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function refusal(zip: Buffer): Promise<string> {
    const error = await store.put(zip).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(await readdir(join(folder, "code"))).to.deep.equal([]);
    return error instanceof LambdaError ? `${error.code}: ${error.message}` : String(error);
  }

  it("refuses an empty zip", async () => {
    expect(await refusal(await zipOf([]))).to.equal(
      "InvalidParameterValueException: Uploaded file must be a non-empty zip",
    );
  });

  it("unpacks files and folders, and keeps executable bits and harmless links", async () => {
    const code = await store.put(
      await zipOf([
        { path: "index.mjs", content: "1" },
        { path: "bin/tool", content: "#!/bin/sh\n", mode: 0o100755 },
        { path: "lib/deep/file.txt", content: "text" },
        { path: "bin/link", content: "../lib/deep/file.txt", mode: 0o120777 },
      ]),
    );
    const contents = store.contentsOf(code);
    expect(await readFile(join(contents, "lib/deep/file.txt"), "utf8")).to.equal("text");
    expect(await readlink(join(contents, "bin/link"))).to.equal("../lib/deep/file.txt");
    expect([
      (await stat(join(contents, "bin/tool"))).mode & 0o777,
      (await stat(join(contents, "index.mjs"))).mode & 0o777,
    ]).to.deep.equal([0o755, 0o644]);
  });

  it("opens no stream and asks no other thread for each small file, so that 60,000 files do not take minutes", async () => {
    const unpacked = async (count: number): Promise<Record<string, number>> => {
      const zip = await zipOf(
        Array.from({ length: count }, (_, n) => ({ path: `lib/${n}.js`, content: `exports.n = ${n};` })),
      );
      const work = await workOfEventLoop(() => unpackPackage(zip, join(folder, String(count))));
      expect(await readFile(join(folder, String(count), "lib/0.js"), "utf8")).to.equal("exports.n = 0;");
      // The library that reads the zip gives other work a turn at each entry.
      const { Immediate: turns, ...others } = work;
      expect(turns).to.be.at.most(3 * count + 10);
      return others;
    };
    await unpacked(1);
    expect(await unpacked(300)).to.deep.equal(await unpacked(2));
  });

  it("refuses a small file that is longer or shorter than its zip says", async () => {
    const zip = await zipOf([{ path: "a.js", content: "a".repeat(500) }]);
    const size = zip.lastIndexOf("PK\u0001\u0002") + 24;
    for (const wrong of [499, 501, 0]) {
      zip.writeUInt32LE(wrong, size);
      expect(await refusal(zip)).to.equal(`InvalidParameterValueException: ${UNREADABLE}`);
    }
  });

  it("stores a package once, even if it is uploaded twice at the same time", async () => {
    const zip = await zipOf([{ path: "a", content: "1" }]);
    const [first, second] = await Promise.all([store.put(zip), store.put(zip)]);
    expect(first).to.deep.equal(second);
    expect(await readdir(join(folder, "code"))).to.deep.equal([first.folder]);
    expect((await store.zipOf(first)).equals(zip)).to.equal(true);
  });

  /**
   * Makes a zip with a hostile file name. The library yazl, which writes the zip, refuses hostile names. So the zip is written with a
   * harmless name of the same length, which is then replaced in the bytes.
   */
  async function renamed(
    harmless: string,
    hostile: string,
    more: Partial<PackageEntry> = {},
  ): Promise<Buffer> {
    const bytes = (await zipOf([{ path: harmless, content: "x", ...more }])).toString("latin1");
    return Buffer.from(bytes.replaceAll(harmless, hostile), "latin1");
  }

  const hostile: readonly { readonly title: string; readonly zip: () => Promise<Buffer> }[] = [
    { title: "a path to a file outside of the package", zip: () => renamed("aaaaaaaaaaaa", "../../escape") },
    { title: "an absolute path", zip: () => renamed("aaaaaaaaaaaa", "/tmp/escaped") },
    { title: "a path with backslashes", zip: () => renamed("aaaaaaaaaaaa", "..\\..\\escap") },
    { title: "a path with a zero byte", zip: () => renamed("aaaaaaaaaaaa", "abc\0efghijkl") },
    {
      title: "a link to a file outside of the package",
      zip: () => zipOf([{ path: "link", content: "../../../etc/passwd", mode: 0o120777 }]),
    },
    {
      title: "an absolute link",
      zip: () => zipOf([{ path: "link", content: "/etc/passwd", mode: 0o120777 }]),
    },
    {
      title: "a link that points outside of the package through another link",
      zip: () =>
        zipOf([
          { path: "a", content: ".", mode: 0o120777 },
          { path: "d/e/link", content: "../../a/..", mode: 0o120777 },
        ]),
    },
    {
      title: "a file whose path leads out of the package through two links",
      zip: () =>
        zipOf([
          { path: "x/y/z", content: "../..", mode: 0o120777 },
          { path: "q", content: "x/y/z/../..", mode: 0o120777 },
          { path: "q/escaped", content: "x", mode: 0o120777 },
        ]),
    },
    {
      title: "a file whose path leads through a link",
      zip: () =>
        zipOf([
          { path: "link", content: ".", mode: 0o120777 },
          { path: "link/file", content: "x" },
        ]),
    },
    {
      title: "the same file twice",
      zip: () =>
        zipOf([
          { path: "a", content: "1" },
          { path: "a", content: "2" },
        ]),
    },
    {
      title: "a file that is also a folder",
      zip: () =>
        zipOf([
          { path: "a", content: "1" },
          { path: "a/b", content: "2" },
        ]),
    },
    {
      title: "a name that no file system accepts",
      zip: () => zipOf([{ path: "n".repeat(300), content: "1" }]),
    },
    { title: "half a zip", zip: async () => (await zipOf([{ path: "a", content: "1" }])).subarray(0, 60) },
    {
      title: "damaged contents",
      zip: async () => {
        const zip = Buffer.from(
          await zipOf([{ path: "a", content: "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc" }]),
        );
        zip.fill(0xff, 32, 44);
        return zip;
      },
    },
  ];
  for (const { title, zip } of hostile) {
    it(`refuses ${title} and leaves nothing behind`, async () => {
      expect(await refusal(await zip())).to.equal(`InvalidParameterValueException: ${UNREADABLE}`);
      expect(existsSync("/tmp/escaped")).to.equal(false);
      expect((await readdir(folder)).toSorted()).to.deep.equal(["code"]);
    });
  }

  itInTestAll("refuses a small zip that unpacks to more than 250 MB", async function () {
    const block = Buffer.alloc(UNZIPPED_BYTES_MAX / 2 + 1);
    const zip = await zipOf([
      { path: "a", content: block },
      { path: "b", content: block },
    ]);
    expect(await refusal(zip)).to.equal(
      "InvalidParameterValueException: Unzipped size must be smaller than 262144000 bytes",
    );
  });

  it("refuses a zip of more than 50 MB, and a zip of 0 bytes", async () => {
    expect(await refusal(Buffer.alloc(ZIPPED_BYTES_MAX + 1))).to.equal(
      "RequestEntityTooLargeException: Zipped size must be smaller than 52428800 bytes",
    );
    expect(await refusal(Buffer.alloc(0))).to.equal(
      "InvalidParameterValueException: Uploaded file must be a non-empty zip",
    );
  });

  it("removes packages that no function uses", async () => {
    const kept = await store.put(await zipOf([{ path: "a", content: "1" }]));
    await store.put(await zipOf([{ path: "a", content: "2" }]));
    await store.sweep(new Set([kept.folder]));
    expect(await readdir(join(folder, "code"))).to.deep.equal([kept.folder]);
  });
});
