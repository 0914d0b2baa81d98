import { expect } from "chai";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythonFor, pythonRuntimeHere } from "../../../../src/adapters/toolchains/python/find-python.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("the Python for a runtime", () => {
  const folder = temporaryFolder();
  /** Writes a program into this folder that answers as a Python of this version does. */
  const install = (
    home: string,
    version: string,
    name = `python${version.replace(/\.\d+$/, "")}`,
  ): string => {
    const bin = join(folder.path(), home, "bin");
    mkdirSync(bin, { recursive: true });
    const own = join(bin, `python${version.replace(/\.\d+$/, "")}`);
    for (const file of new Set([join(bin, name), own])) {
      writeFileSync(file, `#!/bin/sh\necho ${version}\necho ${own}\necho ${join(bin, "..")}\n`);
      chmodSync(file, 0o755);
    }
    return own;
  };
  const environment = (path: string): Record<string, string> => ({
    PATH: join(folder.path(), path),
    HOME: join(folder.path(), "home"),
  });
  const found = (runtime: string, path: string): readonly (string | undefined)[] => {
    const interpreter = pythonFor(runtime, environment(path));
    return [interpreter?.version, interpreter?.file];
  };

  it("is a Python on the PATH, or else the newest patch release of pyenv, uv or asdf", () => {
    const onPath = install("a", "3.11.4");
    install("home/.pyenv/versions/3.12.9", "3.12.9");
    const newest = install("home/.pyenv/versions/3.12.10", "3.12.10");
    const uv = install("home/.local/share/uv/python/cpython-3.13.2-linux-x86_64-gnu", "3.13.2");
    const asdf = install("home/.asdf/installs/python/3.14.0", "3.14.0");
    expect(["3.11", "3.12", "3.13", "3.14"].map((one) => found(`python${one}`, "a/bin"))).to.deep.equal([
      ["3.11.4", onPath],
      ["3.12.10", newest],
      ["3.13.2", uv],
      ["3.14.0", asdf],
    ]);
  });

  it("is the first python3 on the PATH, which is the user's choice, even if a python3.12 comes before it", () => {
    install("e", "3.12.3");
    const chosen = install("f", "3.12.8", "python3");
    const environment = {
      PATH: `${join(folder.path(), "e/bin")}:${join(folder.path(), "f/bin")}`,
      HOME: "/nowhere",
    };
    expect(pythonFor("python3.12", environment)?.file).to.equal(chosen);
  });

  it("is the nearest minor version if the exact one is not installed", () => {
    const file = install("b", "3.10.1");
    install("b", "3.14.0");
    expect(found("python3.9", "b/bin")).to.deep.equal(["3.10.1", file]);
  });

  it("is not found on a machine without Python, or if the Python does not run", () => {
    mkdirSync(join(folder.path(), "c/bin"), { recursive: true });
    writeFileSync(join(folder.path(), "c/bin/python3.12"), "#!/bin/sh\nexit 127\n");
    chmodSync(join(folder.path(), "c/bin/python3.12"), 0o755);
    const alone = { PATH: join(folder.path(), "c/bin"), HOME: "/nowhere" };
    expect([pythonFor("python3.12", alone), pythonRuntimeHere(alone)]).to.deep.equal([null, null]);
  });

  it("is the python3 of the PATH for code that names no runtime", () => {
    install("d", "3.12.3", "python3");
    expect(pythonRuntimeHere(environment("d/bin"))).to.equal("python3.12");
  });
});
