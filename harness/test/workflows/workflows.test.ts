import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { releaseProblems } from "../../../scripts/release-problems.ts";
import { differentPins, problemsOfWorkflow, targetsOf } from "../../../scripts/workflow-rules.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = join(packageRoot(), ".github", "workflows");

const GOOD = `permissions: {}
concurrency: { group: one }
jobs:
  one:
    permissions: { contents: read }
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: make check
`;

describe("the rules for workflows", () => {
  const problems = (text: string) => problemsOfWorkflow("one.yml", text, new Set(["check", "build"]));

  it("find nothing wrong with a correct workflow", () => {
    expect(problems(GOOD)).to.deep.equal([]);
  });

  for (const [title, from, to, found] of [
    [
      "an action with a tag instead of a commit",
      "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
      "@v7",
      /expected OWNER\/ACTION@<40 hex digits>/,
    ],
    ["a pinned action without its version", " # v7.0.1", "", /expected OWNER\/ACTION@<40 hex digits>/],
    [
      "permissions at the top, which hold for every job",
      "permissions: {}",
      "permissions: { contents: read }",
      /`permissions: \{\}` at the top/,
    ],
    ["a job without permissions", "    permissions: { contents: read }\n", "", /says no permissions/],
    ["a job without a time limit", "    timeout-minutes: 5\n", "", /no timeout-minutes/],
    [
      "a workflow without a concurrency group",
      "concurrency: { group: one }\n",
      "",
      /expected a concurrency group/,
    ],
    ["a make target that does not exist", "make check", "make everything", /`make everything` is no target/],
  ] as const) {
    it(`find ${title}`, () => {
      const reported = problems(GOOD.replace(from, to));
      expect(reported).to.have.lengthOf(1);
      expect(reported[0]).to.match(found);
    });
  }

  it("find a job that plans on AWS and lacks one of the deployment's variables", () => {
    const names = ["REGION", "NAME", "STATE", "STATE_KMS_KEY", "PEER", "IMAGE", "DESIGNS"];
    const env = names.map((name) => `  ${name}: x\n`).join("");
    const plan = GOOD.replace("make check", "make plan").replace("jobs:", `env:\n  TARGET: aws\n${env}jobs:`);
    expect(problemsOfWorkflow("one.yml", plan, new Set(["plan"]))).to.deep.equal([
      "one.yml: the job one plans on AWS without VARS",
    ]);
    const local = plan.replace("TARGET: aws", "TARGET: local");
    expect(problemsOfWorkflow("one.yml", local, new Set(["plan"]))).to.deep.equal([]);
  });

  it("find a job that uses what is deployed on AWS, but is not in the concurrency group of such jobs", () => {
    const soak = GOOD.replace("make check", "make longrun").replace("jobs:", "env: { TARGET: aws }\njobs:");
    expect(problemsOfWorkflow("one.yml", soak, new Set(["longrun"]))).to.deep.equal([
      "one.yml: the job one uses what is deployed on AWS: expected the concurrency group longrun-aws",
    ]);
    const alone = soak.replace("  one:\n", "  one:\n    concurrency: { group: longrun-aws }\n");
    expect(problemsOfWorkflow("one.yml", alone, new Set(["longrun"]))).to.deep.equal([]);
  });

  it("find an action that is pinned to two versions", () => {
    const uses = (pin: string) => `      - uses: actions/checkout@${pin}\n`;
    expect(differentPins([uses("a # v1.0.0"), uses("a # v1.0.0"), uses("b # v2.0.0")])).to.deep.equal([
      "actions/checkout is pinned in 2 ways: a # v1.0.0, b # v2.0.0",
    ]);
  });

  it("find nothing wrong with the workflows of this repository", () => {
    const targets = targetsOf(readFileSync(join(packageRoot(), "Makefile"), "utf8"));
    expect(
      readdirSync(folder).flatMap((name) =>
        problemsOfWorkflow(name, readFileSync(join(folder, name), "utf8"), targets),
      ),
    ).to.deep.equal([]);
  });
});

describe("the check before a release", () => {
  const place = temporaryFolder();
  const HOME = { type: "git", url: "git+https://github.com/acme/longrun.git" };
  const CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-11-25\n\n- Something.\n";
  const problems = (tag: string, changelog: string, locked = "1.2.3", repository: unknown = HOME) =>
    releaseProblems({
      tag,
      manifest: JSON.stringify({ version: "1.2.3", repository }),
      lock: JSON.stringify({ version: locked }),
      changelog,
      here: "acme/longrun",
    }).problems;

  for (const [title, tag, expected] of [
    ["accepts a release if tag, package and changelog agree", "v1.2.3", [0, /^1\.2\.3 may be released\n$/]],
    ["ends with 1 if tag, package and changelog do not agree", "v1.2.4", [1, /^the tag is v1\.2\.4, .*\n$/]],
  ] as const) {
    it(title, () => {
      writeFileSync(
        join(place.path(), "package.json"),
        JSON.stringify({ version: "1.2.3", repository: HOME }),
      );
      writeFileSync(join(place.path(), "package-lock.json"), JSON.stringify({ version: "1.2.3" }));
      writeFileSync(join(place.path(), "CHANGELOG.md"), CHANGELOG);
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--import", "tsx", join(packageRoot(), "scripts", "release-check.ts"), tag, place.path()],
        {
          cwd: packageRoot(),
          encoding: "utf8",
          env: { ...process.env, GITHUB_REPOSITORY: "acme/longrun" },
        },
      );
      const [code, said] = expected;
      expect([status, said.test(`${stdout}${stderr}`)], `${stdout}${stderr}`).to.deep.equal([code, true]);
    });
  }

  for (const [title, tag, changelog, locked, expected] of [
    ["another tag", "v1.2.4", CHANGELOG, "1.2.3", /the tag is v1\.2\.4/],
    [
      "no section in the changelog",
      "v1.2.3",
      "# Changelog\n\n## Unreleased\n\n- Something.\n",
      "1.2.3",
      /has no section/,
    ],
    ["a section without a date", "v1.2.3", "## 1.2.3\n\n- Something.\n", "1.2.3", /gives 1\.2\.3 no date/],
    [
      "an empty section",
      "v1.2.3",
      "## 1.2.3 - 2026-11-25\n\n## 1.2.2 - 2026-01-01\n\n- Old.\n",
      "1.2.3",
      /has no entry for 1\.2\.3/,
    ],
    ["an older lock file", "v1.2.3", CHANGELOG, "1.2.2", /package-lock\.json says 1\.2\.2/],
  ] as const) {
    it(`stops a release with ${title}`, () => {
      const found = problems(tag, changelog, locked);
      expect([found.length, expected.test(found[0] ?? "")], found.join("\n")).to.deep.equal([1, true]);
    });
  }

  for (const repository of [
    "acme/longrun",
    "github:acme/longrun",
    "https://github.com/acme/longrun",
    { url: "git+ssh://git@github.com/acme/longrun.git" },
    { url: "git@github.com:acme/longrun.git" },
  ]) {
    it(`recognises the repository in ${JSON.stringify(repository)}`, () => {
      expect(problems("v1.2.3", CHANGELOG, "1.2.3", repository)).to.deep.equal([]);
    });
  }

  for (const [named, repository] of [
    ["none on GitHub", null],
    ["none on GitHub", "https://git.example.com/acme/longrun.git"],
    ["other/longrun", "https://github.com/other/longrun.git"],
  ] as const) {
    it(`stops a release whose package names ${JSON.stringify(repository)} as its repository`, () => {
      expect(problems("v1.2.3", CHANGELOG, "1.2.3", repository)).to.deep.equal([
        `package.json's "repository" names ${named}, and npm accepts provenance only from the repository that package.json names: ` +
          "npm pkg set repository.type=git repository.url=git+https://github.com/acme/longrun.git",
      ]);
    });
  }
});
