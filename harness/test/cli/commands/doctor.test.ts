import { expect } from "chai";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  installRuntime,
  nodeFor,
  runtimeCache,
  runtimeNode,
} from "../../../src/adapters/toolchains/node/runtime-nodes.ts";
import { doctorText } from "../../../src/cli/doctor/doctor-text.ts";
import { RUNNABLE_RUNTIMES } from "../../../src/catalogue/runtimes/all-runtimes.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { longrun } from "../memory-machine.ts";
import { activeFunction, testEngine, zipOf } from "../../engine/support/test-engine.ts";
import { itInTestAll } from "../../support/test-all.ts";

interface Report {
  readonly exitCode: number;
  readonly findings: readonly {
    readonly check: string;
    readonly subject: string | null;
    readonly status: string;
    readonly advice: string | null;
  }[];
}

describe("longrun doctor", function () {
  this.timeout(600_000);

  it("checks this computer and prints findings that say what to do", async () => {
    const { code, out } = await longrun(["doctor", "--json"]);
    const { exitCode, findings } = JSON.parse(out) as Report;
    expect(exitCode).to.equal(code);
    // Whether there are findings about AWS's clients depends on the interpreters of this computer.
    const checks = [...new Set(findings.map(({ check }) => check))].filter(
      (check) => check !== "runtime-client",
    );
    expect(checks).to.deep.equal([
      "node-version",
      "system",
      "built-files",
      "isolation",
      "setpriv",
      "runtime",
      "port",
      "temporary-folder",
      "aws-cli",
    ]);
    expect(
      findings.flatMap(({ check, subject }) => (check === "runtime" ? [subject] : [])).sort(),
    ).to.deep.equal([...RUNNABLE_RUNTIMES].sort());
    expect(findings.filter(({ status, advice }) => (status === "clear") !== (advice === null))).to.deep.equal(
      [],
    );
  });

  itInTestAll("checks the functions of a local engine like those of AWS", async () => {
    const on = await testEngine();
    try {
      await activeFunction(
        on,
        "one",
        await zipOf([{ path: "index.mjs", content: "export const handler = async () => 1;" }]),
      );
      const { code, out } = await longrun([
        "doctor",
        "--endpoint",
        on.engine.endpoint,
        "--region",
        "eu-central-1",
        "--function",
        "one",
        "--json",
      ]);
      const { findings } = JSON.parse(out) as Report;
      expect(code).to.equal(1);
      expect(
        findings
          .filter(({ subject, status }) => subject === "one" && status === "problem")
          .map(({ check }) => check),
      ).to.deep.equal(["reserved-concurrency"]);
    } finally {
      await on.close();
    }
  });

  for (const [title, flags, expected] of [
    ["--target aws without a Region", ["--target", "aws"], /expected --region or AWS_REGION/],
    [
      "--function without --endpoint and without --target aws",
      ["--function", "one"],
      /needs --endpoint of a running engine, or --target aws/,
    ],
    [
      "--endpoint with --target aws",
      ["--target", "aws", "--region", "eu-central-1", "--endpoint", "http://127.0.0.1:1"],
      /an engine is not AWS/,
    ],
    [
      "--install-runtimes with --target aws",
      ["--target", "aws", "--region", "eu-central-1", "--install-runtimes"],
      /works only with --target local/,
    ],
    ["a flag that does not exist", ["--traget", "aws"], /did you mean --target/],
  ] as const) {
    it(`refuses ${title}`, async () => {
      const { code, err } = await longrun(["doctor", ...flags]);
      expect([code, expected.test(err)], err).to.deep.equal([64, true]);
    });
  }

  it("lists findings that need an action first, and writes the same finding only once", () => {
    const text = doctorText([
      { check: "a", status: "clear", subject: null, text: "All is well.", advice: null },
      {
        check: "b",
        status: "problem",
        subject: "one",
        text: "Something is wrong with it, and the sentence about it is longer than one line may be.",
        advice: "Do something about it.",
      },
      { check: "c", status: "clear", subject: "two", text: "It is well.", advice: null },
      { check: "c", status: "notice", subject: "three", text: "It is well.", advice: "Do less." },
      { check: "c", status: "clear", subject: "four", text: "It is well.", advice: null },
    ]);
    expect(text).to.equal(
      [
        " problem   one: Something is wrong with it, and the sentence about it is longer",
        "           than one line may be.",
        "           → Do something about it.",
        " notice    three: It is well.",
        "           → Do less.",
        " clear     All is well.",
        " clear     two, four: It is well.",
        "",
        "1 problem, 1 notice, 2 clear.",
        "",
      ].join("\n"),
    );
  });
});

describe("the Node of each runtime", () => {
  const folder = temporaryFolder();
  const other = Number(process.versions.node.split(".")[0]) === 24 ? "nodejs22.x" : "nodejs24.x";
  const environment = (): Record<string, string | undefined> => ({
    ...process.env,
    PATH: "/nowhere",
    HOME: folder.path(),
    NVM_DIR: undefined,
    ASDF_DATA_DIR: undefined,
    XDG_CACHE_HOME: folder.path(),
  });
  const install = (content: string): string => {
    const bin = join(
      runtimeCache(environment()),
      other,
      "node_modules",
      `node-${process.platform}-${process.arch}`,
      "bin",
    );
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "node"), content);
    chmodSync(join(bin, "node"), 0o755);
    return join(bin, "node");
  };

  it("is the Node of this process if no other one was installed", () => {
    expect([nodeFor(other, environment()).file, runtimeNode(other, environment())]).to.deep.equal([
      process.execPath,
      null,
    ]);
  });

  it("is the installed Node, with its version", function () {
    if (process.platform !== "linux") this.skip();
    const version = `${other.slice("nodejs".length, -".x".length)}.1.0`;
    const file = install(`#!/bin/sh\necho v${version}\n`);
    expect([nodeFor(other, environment()).file, runtimeNode(other, environment())]).to.deep.equal([
      file,
      { file, version, home: null },
    ]);
  });

  it("is a Node of the PATH or of nvm if its major version fits", () => {
    const release = other === "nodejs24.x" ? 24 : 22;
    const make = (place: string, says: string): string => {
      const path = join(folder.path(), place);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, "node"), `#!/bin/sh\necho ${says}\n`);
      chmodSync(join(path, "node"), 0o755);
      return join(path, "node");
    };
    make(`.nvm/versions/node/v${release}.1.0/bin`, `v${release}.1.0`);
    const newest = make(`.nvm/versions/node/v${release}.10.0/bin`, `v${release}.10.0`);
    make("wrong", "v4.0.0");
    const onPath = make("right", `v${release}.2.0`);
    const PATH = `${join(folder.path(), "wrong")}:${join(folder.path(), "right")}`;
    expect([
      nodeFor(other, environment()).file,
      nodeFor(other, { ...environment(), PATH }).file,
    ]).to.deep.equal([newest, onPath]);
  });

  it("is missing if the installed Node does not run", function () {
    if (process.platform !== "linux") this.skip();
    install("#!/bin/sh\nexit 1\n");
    expect(runtimeNode(other, environment())).to.equal(null);
  });

  it("leaves no incomplete files if it cannot be installed, and the message says why", async () => {
    const bin = join(folder.path(), "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "npm"), "#!/bin/sh\necho 'npm error network' >&2\nexit 1\n");
    chmodSync(join(bin, "npm"), 0o755);
    const failed = await installRuntime(other, { ...environment(), PATH: `${bin}:/usr/bin:/bin` }).then(
      () => null,
      (error: unknown) => error as { readonly code: string; readonly message: string },
    );
    expect([failed?.code, failed?.message]).to.deep.equal([
      "unavailable",
      `Node ${other === "nodejs24.x" ? 24 : 22} could not be installed from npm: network`,
    ]);
    expect(runtimeNode(other, environment())).to.equal(null);
  });
});
