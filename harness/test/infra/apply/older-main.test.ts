/**
 * Plans today's Terraform configuration with the state of an older version. older-main.tfstate.gz is the state after commit b9f20da was
 * applied to the engine and moto, with managed peers and every module (also the roles for workflows). The plan does not refresh the state,
 * because moto does not have the resources any more.
 */
import { expect } from "chai";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { gunzipSync } from "node:zlib";
import { stopBackground } from "../../../../scripts/infra/background.ts";
import { run } from "../../../../scripts/infra/command.ts";
import { motoServer } from "../../../../scripts/infra/moto-server.ts";
import { parsePlan, parseState, type TerraformPlan } from "../../../../scripts/infra/terraform-json.ts";
import { requireTerraform } from "../../../../scripts/infra/terraform-tool.ts";
import { withoutAccount } from "../../../../scripts/infra/without-account.ts";
import { initialise } from "../../../../scripts/infra/workspace.ts";
import { ROOT } from "./local-target.ts";

const STATE = gunzipSync(readFileSync(new URL("older-main.tfstate.gz", import.meta.url))).toString("utf8");
/** AWS cannot change resources of these types in place. They are replaced, and what they describe is not destroyed. */
const IMMUTABLE = ["aws_ecr_lifecycle_policy", "aws_ecs_task_definition"];
const IMAGE = "ghcr.io/acme/longrun:local";

describe("infrastructure: the state of an older version", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "longrun-older-main-"));
  let planned: TerraformPlan;

  before(async () => {
    mkdirSync(join(folder, "services"));
    const services = await motoServer(folder);
    const tool = await requireTerraform(env["TF"] ?? null);
    const work = join(folder, "infra");
    cpSync(join(ROOT, "infra"), work, {
      recursive: true,
      filter: (path) => !/\/(\.terraform|[^/]*\.tfstate[^/]*|backend_override\.tf)$/.test(path),
    });
    writeFileSync(join(work, "terraform.tfstate"), STATE);
    const packageFile = (label: string): string => join(ROOT, "dist", "functions", `${label}.zip`);
    const variables = {
      region: "us-east-1",
      // The plan sends no request to Lambda or Logs, so moto's address can be used for both.
      local: { engine: services, services },
      functions: {
        "init-connect": { package_file: packageFile("init-connect") },
        "handler-connect": { package_file: packageFile("handler-connect"), lease: true },
      },
      peer: { managed: { image: IMAGE } },
      network: { create: { nat: true } },
      runner: { image: IMAGE },
      alarms: {},
      image_repository: true,
      github: {
        repository: "acme/line-control",
        state_bucket: "acme-state",
        state_key: "longrun/terraform.tfstate",
      },
    };
    writeFileSync(join(work, "terraform.tfvars.json"), JSON.stringify(variables));
    const environment = await initialise(tool, [], work, withoutAccount(env));
    const options = { cwd: work, env: environment };
    const flags = ["-refresh=false", "-input=false", "-no-color", "-out=plan"];
    const { code, stdout, stderr } = await run(tool.program, ["plan", ...flags], options);
    expect(code, stdout + stderr).to.equal(0);
    planned = parsePlan((await run(tool.program, ["show", "-json", "plan"], options)).stdout);
  });
  after(async () => {
    await stopBackground(join(folder, "services", "moto.json"));
    rmSync(folder, { recursive: true, force: true });
  });

  it("has every module, and all of its resources are in the plan", () => {
    const held = parseState(STATE).resources.filter(({ mode }) => mode === "managed");
    const count = held.reduce((sum, { instances }) => sum + instances.length, 0);
    expect(count).to.be.greaterThan(80);
    expect(planned.resource_changes.filter(({ change }) => change.before != null).length).to.equal(count);
  });

  it("is upgraded: nothing is destroyed, and only what AWS cannot change in place is replaced", () => {
    expect(
      planned.resource_changes
        .filter(({ change }) => change.actions.includes("delete"))
        .filter(({ type, change }) => !(IMMUTABLE.includes(type) && change.actions.includes("create")))
        .map(({ address, change }) => `${address}: ${change.actions.join(", ")}`),
    ).to.deep.equal([]);
  });
});
