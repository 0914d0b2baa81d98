/**
 * What can be said of infra/ without applying it, beside the offline tests of `make test`: format, validation, tflint and
 * checkov. A tool that is missing is one line, or a failure where LONGRUN_REQUIRE_TOOLS=1,
 * unless LONGRUN_OPTIONAL_TOOLS (a,b) has it.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./command.mjs";
import { withoutAccount } from "./local-services.mjs";
import { Problem } from "./problem.mjs";
import { findTerraform } from "./terraform-tool.mjs";
import { initialise } from "./workspace.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const scratch = mkdtempSync(join(tmpdir(), "longrun-infra-"));
const work = join(scratch, "infra");
let failed = false;

try {
  cpSync(join(root, "infra"), work, {
    recursive: true,
    filter: (path) => !/^(\.terraform|.*\.tfstate.*|backend_override\.tf)$/.test(basename(path)),
  });
  for (const program of ["terraform", "tofu"]) await checkWith(program);
  await step("tflint", ["--recursive", `--config=${join(root, ".tflint.hcl")}`], { cwd: work });
  const said = await step("checkov", ["--directory", work, "--config-file", join(root, ".checkov.yaml")], {
    cwd: scratch,
  });
  // It counts what it could not read, and would call that sound.
  if (/Parsing errors: [1-9]/.test(said)) failed = true;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (failed) process.exitCode = 1;

async function checkWith(program) {
  const tool = await findTerraform(program);
  if (tool === null) {
    // One of the two is enough on a laptop and in .ci/run; the workflows run both.
    if (program === "terraform" && (await findTerraform("tofu")) === null) missing("terraform (or tofu)");
    return;
  }
  if (tool.isTofu) rmSync(join(work, ".terraform.lock.hcl"), { force: true });
  rmSync(join(work, ".terraform"), { recursive: true, force: true });
  const env = await initialise(
    tool,
    ["init", "-backend=false", "-input=false", "-no-color", ...(tool.isTofu ? [] : ["-lockfile=readonly"])],
    work,
    withoutAccount(process.env),
  );
  await step(program, ["fmt", "-check", "-recursive", "-diff"], { cwd: work, env });
  await step(program, ["validate", "-no-color"], { cwd: work, env });
}

async function step(program, args, options) {
  try {
    process.stdout.write(`\n${program} ${args[0]}\n`);
    const { code, stdout } = await run(program, args, { ...options, show: true });
    if (code !== 0) failed = true;
    return stdout;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    missing(program);
    return "";
  }
}

function missing(program) {
  const optional = (process.env.LONGRUN_OPTIONAL_TOOLS ?? "").split(",").includes(program);
  const required = process.env.LONGRUN_REQUIRE_TOOLS === "1" && !optional;
  process.stdout.write(`${required ? "FAILED" : "skipped"}: ${program} is not on the PATH\n`);
  if (required) failed = true;
}
