import { expect } from "chai";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { run } from "../../../../scripts/infra/command.ts";
import { nameLook } from "../../../../scripts/infra/look-for-name.ts";
import type { NamedKind } from "../../../../scripts/infra/planned-names.ts";
import { findTerraform } from "../../../../scripts/infra/terraform-tool.ts";
import { parsePlan } from "../../../../scripts/infra/terraform-json.ts";
import { withoutAccount } from "../../../../scripts/infra/without-account.ts";
import { initialise } from "../../../../scripts/infra/workspace.ts";
import { LocalTarget, ROOT } from "./local-target.ts";
import { motoHoldings } from "./moto-holdings.ts";

describe("infrastructure: infra/ on the engine and moto, with managed peers and every module,", function () {
  this.timeout(900_000);
  const target = new LocalTarget();
  const variables = join(target.scratch, "everything.tfvars.json");
  const everything = { PEER: "managed", VARS: variables };
  let heldBefore: Readonly<Record<string, number>>;
  before(() => {
    const packages = (name: string): string => join(ROOT, "dist/functions", `${name}.zip`);
    writeFileSync(
      variables,
      JSON.stringify({
        functions: {
          "init-connect": { package_file: packages("init-connect") },
          "handler-connect": { package_file: packages("handler-connect"), lease: true },
        },
        network: { create: { nat: true } },
        runner: { image: "ghcr.io/acme/longrun:local" },
        alarms: {},
        image_repository: true,
        github: {
          repository: "acme/line-control",
          state_bucket: "acme-state",
          state_key: "longrun/terraform.tfstate",
        },
      }),
    );
  });
  after(() => target.close());

  const held = async (): Promise<Readonly<Record<string, number>>> => {
    const { endpoint } = JSON.parse(readFileSync(join(target.folder, "services", "moto.json"), "utf8")) as {
      endpoint: string;
    };
    return motoHoldings(endpoint);
  };

  it("can be planned", async () => {
    const planned = await target.run("plan", everything);
    expect(planned.code, planned.output).to.equal(0);
    heldBefore = await held();
  });

  it("is applied with exactly the plan that was saved", async () => {
    const { code, output } = await target.run("deploy", {
      ...everything,
      PLAN: join(target.folder, "terraform", "plan"),
    });
    expect(code, output).to.equal(0);
    const made = target.state().resources.filter(({ mode }) => mode === "managed");
    expect(made.reduce((count, { instances }) => count + instances.length, 0)).to.be.greaterThan(80);
    const now = await held();
    expect(Object.keys(now).filter((model) => (now[model] ?? 0) <= (heldBefore[model] ?? 0))).to.deep.equal(
      [],
    );
  });

  it("has no changes in a second plan", async () => {
    const { code, output } = await target.run("plan", everything);
    expect(code, output).to.equal(0);
    expect(output).to.contain("Nothing to change.");
  });

  it("can move the workflows' roles into the state of infra/github, without changes in the next plan", async () => {
    const tool = await findTerraform(env["TF"] ?? null);
    if (tool === null) throw new Error("neither terraform nor tofu is on the PATH");
    const moved = join(target.scratch, "moved");
    cpSync(join(ROOT, "infra"), moved, { recursive: true });
    const [from, to] = [join(moved, "main.tfstate"), join(moved, "github.tfstate")];
    cpSync(join(target.folder, "terraform", "terraform.tfstate"), from);
    const addresses = ["module.github_oidc[0]", "module.github_oidc"];
    const files = [`-state=${from}`, `-state-out=${to}`];
    const move = await run(tool.program, ["state", "mv", ...files, ...addresses], { cwd: target.scratch });
    expect(move.code, move.stderr).to.equal(0);
    const work = join(moved, "github");
    const { endpoint } = JSON.parse(readFileSync(join(target.folder, "services", "moto.json"), "utf8")) as {
      endpoint: string;
    };
    const keys = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
    const account = { ...withoutAccount(env), ...keys, AWS_ENDPOINT_URL: endpoint };
    const environment = await initialise(tool, [`-backend-config=path=${to}`], work, account);
    const variables = {
      region: "us-east-1",
      repository: "acme/line-control",
      state: { bucket: "acme-state", key: "longrun/terraform.tfstate" },
    };
    writeFileSync(join(work, "terraform.tfvars.json"), JSON.stringify(variables));
    const options = { cwd: work, env: environment };
    const planned = await run(tool.program, ["plan", "-input=false", "-no-color", "-out=plan"], options);
    expect(planned.code, planned.stdout + planned.stderr).to.equal(0);
    const { stdout } = await run(tool.program, ["show", "-json", "plan"], options);
    const changes = parsePlan(stdout).resource_changes;
    expect(changes.length).to.be.greaterThan(10);
    expect(changes.filter(({ change }) => change.actions.join() !== "no-op")).to.deep.equal([]);
  });

  it("keeps roles and registry if VARS was forgotten, even with an approval", async () => {
    const { code, output } = await target.run("deploy", { PEER: "managed" });
    expect(code, output).to.equal(64);
    expect(output).to.match(
      /^ {2}github: VARS set it at the last apply and does not set it now; destroys module\./m,
    );
    expect(output).to.match(
      /^ {2}image_repository: .*destroys .*module\.image\[0\]\.aws_ecr_repository\.this/m,
    );
    const given = Object.keys(JSON.parse(readFileSync(variables, "utf8")) as object);
    expect(/REMOVE=(\S+)/.exec(output)?.[1]?.split(","), output).to.have.members(given);
    const saved = await target.run("deploy", { PLAN: join(target.folder, "terraform", "plan") });
    expect([saved.code, saved.output.includes("Nothing was changed.")], saved.output).to.deep.equal([
      64,
      true,
    ]);
    const again = await target.run("plan", everything);
    expect(again.output).to.contain("Nothing to change.");
  });

  it("names each function's peer, and the log group of that peer, in its outputs", () => {
    const { functions } = target.outputs();
    expect(Object.values(functions).map(({ peer, peer_log_group: group }) => [peer, group])).to.deep.equal([
      ["handler-connect.longrun.internal:7000", "/longrun/longrun/peer/handler-connect"],
      ["init-connect.longrun.internal:7000", "/longrun/longrun/peer/init-connect"],
    ]);
  });

  it("has resources for which a look-up by name finds the id that terraform import takes", async () => {
    const { endpoint: services } = JSON.parse(
      readFileSync(join(target.folder, "services", "moto.json"), "utf8"),
    ) as { endpoint: string };
    const look = await nameLook({
      region: "us-east-1",
      local: { engine: target.outputs().endpoint, services },
    });
    const vpc = target.state().resources.find(({ type }) => type === "aws_vpc")?.instances[0] as {
      attributes: { id: string };
    };
    const account = "123456789012";
    const policy = `arn:aws:iam::${account}:policy/longrun-boundary`;
    const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    const names: readonly (readonly [NamedKind, string, string | null, string | RegExp])[] = [
      ["aws_lambda_function", "longrun-handler-connect", null, "longrun-handler-connect"],
      ["aws_cloudwatch_log_group", "/longrun/longrun/runner", null, "/longrun/longrun/runner"],
      ["aws_iam_role", "longrun-runner", null, "longrun-runner"],
      ["aws_iam_policy", "longrun-boundary", null, policy],
      ["aws_iam_openid_connect_provider", "https://token.actions.githubusercontent.com", null, provider],
      ["aws_dynamodb_table", "longrun-leases", null, "longrun-leases"],
      ["aws_ecr_repository", "longrun", null, "longrun"],
      ["aws_ecs_cluster", "longrun-peers", null, "longrun-peers"],
      ["aws_ecs_service", "handler-connect", "longrun-peers", "longrun-peers/handler-connect"],
      ["aws_s3_bucket", `longrun-runs-${account}-us-east-1`, null, `longrun-runs-${account}-us-east-1`],
      ["aws_security_group", "longrun-runner", vpc.attributes.id, /^sg-/],
    ];
    try {
      for (const [type, name, within, id] of names) {
        const found = await look.find({ type, name, within });
        if (typeof id === "string") expect(found, type).to.equal(id);
        else expect(found, type).to.match(id);
        expect(await look.find({ type, name: `${name}-none`, within }), type).to.equal(null);
      }
    } finally {
      look.close();
    }
  });

  it("starts the runner's task only once", async () => {
    const { endpoint } = JSON.parse(readFileSync(join(target.folder, "services", "moto.json"), "utf8")) as {
      endpoint: string;
    };
    const account = {
      TARGET: "aws",
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    };
    const started = await target.run("runner", account);
    expect(started.code, started.output).to.equal(0);
    expect(started.output).to.contain("for 24h");
    expect(started.output).to.match(/^arn:aws:ecs:us-east-1:\d+:task\/longrun-runner\/\S+$/m);
    const second = await target.run("runner", account);
    expect([second.code, /A soak is already running: arn:aws:ecs:/.test(second.output)]).to.deep.equal([
      69,
      true,
    ]);
    const here = await target.run("runner");
    expect([here.code, /TARGET=local runs no task/.test(here.output)]).to.deep.equal([64, true]);
  });

  it("is destroyed, and moto has only what it had before", async () => {
    const { code, output } = await target.run("destroy", { ...everything, KEEP_SERVICES: "1" });
    expect(code, output).to.equal(0);
    // Lambda needs the function's role to remove the network interfaces, and the security group cannot be deleted before they are gone. So
    // the role's policy must be destroyed after the security group.
    const gone = (address: string, what: string): number =>
      output.indexOf(`module.function["init-connect"].${address}: ${what}`);
    const group = gone("aws_security_group.this[0]", "Destruction complete");
    const policy = gone("aws_iam_role_policy.this", "Destroying");
    expect([group > -1, policy > group], output).to.deep.equal([true, true]);
    expect(await held()).to.deep.equal(heldBefore);
    expect(/(These still exist|Not everything could be looked up)[^]*/.exec(output)?.[0] ?? "").to.equal("");
  });
});
