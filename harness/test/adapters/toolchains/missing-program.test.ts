import { expect } from "chai";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { longrun } from "../../cli/memory-machine.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** The file in the folder that is given as --code. If absent, --code is the folder. */
  readonly code?: string;
  readonly flags?: readonly string[];
  readonly says: RegExp;
  readonly hint: RegExp;
}

const PYTHON = { "app.py": "def handler(event, context): ...\n" };

const CASES: readonly Case[] = [
  {
    title: "go",
    files: { "go.mod": "module x\n", "main.go": "package main\n" },
    says: /^go is needed to build \/\S+\/code, and is not on the PATH\.$/m,
    hint: /go\.dev/,
  },
  {
    title: "cargo",
    files: { "Cargo.toml": "[package]\n" },
    says: /^cargo is needed to build \/\S+\/code, and is not on the PATH\.$/m,
    hint: /rustup/,
  },
  {
    title: "Maven, for a project that was not built",
    files: { "pom.xml": "<project/>" },
    says: /^mvn is needed to build this project, and is not on the PATH\.$/m,
    hint: /apt install maven/,
  },
  {
    title: "Gradle, for a project that was not built",
    files: { "build.gradle.kts": "" },
    says: /^gradle is needed to build this project, and is not on the PATH\.$/m,
    hint: /sdk install gradle/,
  },
  {
    title: "Python, for a file without --runtime",
    files: PYTHON,
    code: "app.py",
    says: /^The function runs on Python, which this machine does not have\.$/m,
    hint: /pyenv install 3/,
  },
  {
    title: "a named version of Python",
    files: PYTHON,
    code: "app.py",
    flags: ["--runtime", "python3.12"],
    says: /^This machine has no Python that python3\.12 could run on\.$/m,
    hint: /pyenv install 3\.12/,
  },
  {
    title: "a named version of Python, for a folder with requirements.txt",
    files: { ...PYTHON, "requirements.txt": "x\n" },
    flags: ["--runtime", "python3.10"],
    says: /^The function runs on Python, which this machine does not have\.$/m,
    hint: /pyenv install 3\.10/,
  },
];

describe("a program that --code needs and this machine does not have", () => {
  const folder = temporaryFolder();

  const run = (command: string, { files, code, flags = [] }: Case, more: readonly string[] = []) => {
    const made = folder.with("code", files);
    const given = code === undefined ? made : join(made, code);
    return longrun([command, "--code", given, ...flags, ...more], {
      environment: { PATH: "/nowhere", HOME: folder.path() },
      workingFolder: folder.path(),
      columns: 1_000,
    });
  };

  for (const one of CASES) {
    for (const command of ["soak", "explore"])
      it(`ends ${command} with exit code 69 and a message that says how to install it: ${one.title}`, async () => {
        const { code, err } = await run(command, one);
        expect(code, err).to.equal(69);
        expect(err).to.match(one.says);
        expect(err).to.match(one.hint);
      });

    it(`is not mentioned if a flag is wrong, and the exit code is 64: ${one.title}`, async () => {
      for (const command of ["soak", "explore"]) {
        const { code, err } = await run(command, one, ["--oops"]);
        expect(code, err).to.equal(64);
        expect(err).to.not.match(one.says);
      }
    });
  }

  it("is not needed if the project has a script that downloads the program: the message says to run the script", async () => {
    const files = { "build.gradle": "", gradlew: "" };
    const { code, err } = await run("soak", { title: "", files, says: /./, hint: /./ });
    expect(code).to.equal(64);
    expect(err).to.include("expected a project that was built: run ./gradlew build, which fills build");
  });

  it("can be pip, which some Pythons lack", async () => {
    const made = folder.with("code", { ...PYTHON, "requirements.txt": "x\n" });
    folder.with("bin", {
      python3: `#!/bin/sh
case "$*" in *pip*) echo "$0: No module named pip" >&2; exit 1;; esac
printf '3.12.9\\n%s\\n%s\\n' "$0" "\${0%/*}"
`,
    });
    chmodSync(join(folder.path(), "bin", "python3"), 0o755);
    const { code, err } = await longrun(["soak", "--code", made], {
      environment: { PATH: join(folder.path(), "bin"), HOME: folder.path() },
      workingFolder: folder.path(),
      columns: 1_000,
    });
    expect(code, err).to.equal(69);
    expect(err).to.match(/^Python 3\.12\.9 has no pip, which installs packages\.$/m);
    expect(err).to.match(/-m ensurepip/);
  });
});
