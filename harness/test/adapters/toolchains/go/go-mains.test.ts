import { expect } from "chai";
import { folderOfMain, goMains } from "../../../../src/adapters/toolchains/go/go-mains.ts";

const found = (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  goMains(Object.keys(files), (file) => Promise.resolve(files[file] ?? ""));

describe("the programs of a Go module", () => {
  it("are the subfolders with a package main that go build builds, the shortest path first", async () => {
    const files = {
      "main.go": "package main",
      "cmd/three/main.go": "// Package main is a function.\npackage main\n",
      "cmd/two/start.go": "package main",
      "cmd/test/main_test.go": "package main",
      "cmd/README.md": "package main",
      "gen/gen.go": "//go:build ignore\n\npackage main\n",
      "inner/inner.go": "package inner",
      "vendor/tool/main.go": "package main",
      "_old/main.go": "package main",
    };
    expect(await found(files)).to.deep.equal(["cmd/two", "cmd/three"]);
  });

  it("are named in the message: the only program, or one of several as an example", () => {
    expect(folderOfMain(["cmd/fn"])).to.equal("the folder with package main, which is its subfolder cmd/fn");
    expect(folderOfMain(["a", "b"])).to.equal("a folder with package main, such as its subfolder a");
  });
});
