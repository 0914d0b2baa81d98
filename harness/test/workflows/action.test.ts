/** Runs the shell steps of action.yml as a runner does, beside the steps that are other actions. */
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itOnce } from "../support/test-all.ts";

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { runs, inputs } = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
  readonly runs: { readonly steps: readonly Step[] };
  readonly inputs: Readonly<Record<string, object>>;
};

describe("action.yml", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  /** Runs the step `Soak`, and returns what a runner sees of it. */
  function soak(flags: readonly string[]) {
    const text = runs.steps.find(({ name }) => name === "Soak")?.run ?? "";
    const [output, summary] = [join(folder.path(), "output"), join(folder.path(), "summary")];
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", text], {
      cwd: folder.path(),
      encoding: "utf8",
      env: {
        ...process.env,
        ARGUMENTS: flags.join("\n"),
        GITHUB_ACTION_PATH: root,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_RUN_ID: "7",
        GITHUB_RUN_ATTEMPT: "1",
        GITHUB_ACTION: "soak",
        RUNNER_TEMP: folder.path(),
      },
    });
    const read = (path: string): string => {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return "";
      }
    };
    return { status, said: stdout + stderr, output: read(output), summary: read(summary) };
  }

  itOnce("gives the exit code of the soak, the summary and the run directory", () => {
    const { status, said, output, summary } = soak([
      "--function=init-connect",
      "--duration=4s",
      "--interval=1s",
      "--provoke=versions",
      "",
    ]);
    const run = join(folder.path(), "longrun", "7-1-soak");
    expect(status, said).to.equal(1);
    expect(output).to.equal(`exit-code=1\nrun=${run}\n`);
    expect(summary).to.include("init-connect");
    expect(readFileSync(join(run, "junit.xml"), "utf8")).to.include("<testsuite");
  });

  it("names no run if the soak did not begin", () => {
    const { status, said, output, summary } = soak(["--duration=a while"]);
    expect([status, output, summary], said).to.deep.equal([64, "exit-code=64\n", ""]);
    expect(said).to.include("--duration");
  });

  it("keeps the run also after a failure, and uses every input", () => {
    expect(runs.steps.find(({ name }) => name === "Keep the run")?.if).to.equal(
      "always() && steps.soak.outputs.run != ''",
    );
    const text = readFileSync(join(root, "action.yml"), "utf8");
    for (const name of Object.keys(inputs)) expect(text).to.include(`\${{ inputs.${name} }}`);
  });
});
