/**
 * Runs the offline tests of infra/ (`*.tftest.hcl`) with each of Terraform and OpenTofu that is installed. No service is called,
 * because the provider is mocked. `make infra-test` also applies infra/ to the engine and moto.
 */
import { expect } from "chai";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { env, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { run } from "../../../scripts/infra/command.ts";
import { findTerraform, type TerraformTool } from "../../../scripts/infra/terraform-tool.ts";
import { withoutAccount } from "../../../scripts/infra/without-account.ts";
import { initialise } from "../../../scripts/infra/workspace.ts";
import { describeInTestAll } from "../support/test-all.ts";

const INFRA = fileURLToPath(new URL("../../../infra/", import.meta.url));
const ROOTS = [".", "github"];
const FOLDERS = [
  ...ROOTS,
  ...["modules", "examples"].flatMap((folder) =>
    readdirSync(join(INFRA, folder))
      .sort()
      .map((name) => `${folder}/${name}`),
  ),
];

describeInTestAll("infrastructure: offline tests of infra/", function () {
  this.timeout(600_000);
  let tools: readonly TerraformTool[];
  let work: string;

  before(async function () {
    const found = await Promise.all(["terraform", "tofu"].map((program) => findTerraform(program)));
    tools = found.filter((tool) => tool !== null);
    if (tools.length === 0) {
      if (env.LONGRUN_REQUIRE_TOOLS === "1")
        throw new Error("terraform or tofu must be on the PATH here (LONGRUN_REQUIRE_TOOLS=1)");
      stdout.write("      skipped: the tests of infra/, because neither terraform nor tofu is on the PATH\n");
      this.skip();
    }
    work = mkdtempSync(join(tmpdir(), "longrun-infra-test-"));
    cpSync(INFRA, work, {
      recursive: true,
      filter: (path) => !/^(\.terraform|.*\.tfstate.*|backend_override\.tf)$/.test(basename(path)),
    });
  });
  after(() => {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  });

  for (const folder of FOLDERS) {
    it(`pass in ${folder === "." ? "infra/ itself" : `infra/${folder}`}`, async () => {
      for (const tool of tools) {
        const place = join(work, folder);
        rmSync(join(place, ".terraform"), { recursive: true, force: true });
        // Only root modules have a lock file. A lock file in another module's folder was written by an earlier init and is removed.
        if (!ROOTS.includes(folder)) rmSync(join(place, ".terraform.lock.hcl"), { force: true });
        const environment = await initialise(tool, ["-backend=false"], place, withoutAccount(env));
        const {
          code,
          stdout: text,
          stderr,
        } = await run(tool.program, ["test", "-no-color"], { cwd: place, env: environment });
        expect(code, `${tool.program} test in ${folder}\n${text}${stderr}`).to.equal(0);
        expect(text).to.match(/Success! [1-9]\d* passed, 0 failed/);
      }
    });
  }

  it("are in files with names that Terraform recognises", () => {
    const strangers = FOLDERS.flatMap((folder) =>
      readdirSync(join(INFRA, folder, "tests")).map((name) => `${folder}/tests/${name}`),
    ).filter((path) => !/\.(tftest\.hcl|zip)$/.test(path));
    expect(strangers).to.deep.equal([]);
  });
});
