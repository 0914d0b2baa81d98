/**
 * Checks infra/ without applying it. The offline tests of infra/ are in harness/test/infra/terraform.test.ts. With LONGRUN_REQUIRE_TOOLS=1 a
 * missing tool is a failure, unless LONGRUN_OPTIONAL_TOOLS (a,b) names it. One of Terraform and OpenTofu is enough.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { packageRoot } from "../../harness/src/adapters/node/assets.ts";
import { NotOnPath, run, type RunOptions } from "./command.ts";
import { findTerraform } from "./terraform-tool.ts";
import { withoutAccount } from "./without-account.ts";
import { initialise } from "./workspace.ts";

const root = packageRoot();
const scratch = mkdtempSync(join(tmpdir(), "longrun-infra-"));
const work = join(scratch, "infra");
let failed = false;

try {
  cpSync(join(root, "infra"), work, {
    recursive: true,
    filter: (path) => !/^(?:\.terraform|backend_override\.tf)$|\.tfstate/.test(basename(path)),
  });
  for (const program of ["terraform", "tofu"]) await checkWith(program);
  await step("tflint", ["--recursive", `--config=${join(root, ".tflint.hcl")}`], { cwd: work });
  const said = await step("checkov", ["--directory", work, "--config-file", join(root, ".checkov.yaml")], {
    cwd: scratch,
  });
  // checkov counts the files that it could not read, and still ends with 0.
  if (/Parsing errors: [1-9]/.test(said)) failed = true;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (failed) process.exitCode = 1;

async function checkWith(program: string): Promise<void> {
  const tool = await findTerraform(program);
  if (tool === null) {
    // On a laptop and in .ci/run, either Terraform or OpenTofu is enough; the workflows run both.
    if (program === "terraform" && (await findTerraform("tofu")) === null)
      missing("terraform", " (nor is tofu)");
    return;
  }
  rmSync(join(work, ".terraform"), { recursive: true, force: true });
  const env = await initialise(tool, ["-backend=false"], work, withoutAccount(process.env));
  await step(program, ["fmt", "-check", "-recursive", "-diff"], { cwd: work, env });
  await step(program, ["validate", "-no-color"], { cwd: work, env });
}

async function step(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  try {
    process.stdout.write(`\n${program} ${args[0]}\n`);
    const { code, stdout } = await run(program, args, { ...options, stdout: "show", stderr: "show" });
    if (code !== 0) failed = true;
    return stdout;
  } catch (error) {
    if (!(error instanceof NotOnPath)) throw error;
    missing(program);
    return "";
  }
}

function missing(program: string, more = ""): void {
  const optional = (process.env["LONGRUN_OPTIONAL_TOOLS"] ?? "").split(",").includes(program);
  const required = process.env["LONGRUN_REQUIRE_TOOLS"] === "1" && !optional;
  process.stdout.write(`${required ? "FAILED" : "skipped"}: ${program} is not on the PATH${more}\n`);
  if (required) failed = true;
}
