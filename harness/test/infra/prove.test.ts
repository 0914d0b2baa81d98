import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { proofCost } from "../../../scripts/infra/deployment-costs.ts";
import { awsProof, localProof, refuseOtherPeer } from "../../../scripts/infra/prove.ts";
import { readSettings } from "../../../scripts/infra/settings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itOnce } from "../support/test-all.ts";
import { refusalOf } from "./refusal-of.ts";

describe("make prove", function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const deployed = (...labels: readonly string[]) => ({
    region: "eu-central-1",
    endpoint: null,
    functions: Object.fromEntries(
      labels.map((label) => [
        label,
        { name: `longrun-${label}`, peer: "p.internal:7000", peer_log_group: `/longrun/peer/${label}` },
      ]),
    ),
  });
  const ofAws = readSettings({ TARGET: "aws", REGION: "eu-central-1" }, "/checkout", { plans: false });

  it("provokes the two designs on the local engine, and expects a fail and a pass", () => {
    expect(localProof(readSettings({}, "/checkout")).join(" ")).to.equal(
      "soak --provoke versions --duration 60s --seed 1 --function init-connect --expect init-connect=fail --function handler-connect --expect handler-connect=pass",
    );
  });

  it("provokes on AWS what is deployed of the two designs, for five minutes", () => {
    expect(awsProof(ofAws, deployed("init-connect", "handler-connect", "lazy-connect")).join(" ")).to.equal(
      "soak --region eu-central-1 --duration 5m --function handler-connect=longrun-handler-connect --function init-connect=longrun-init-connect --target aws --peer-log-group handler-connect=/longrun/peer/handler-connect --peer-log-group init-connect=/longrun/peer/init-connect --provoke versions --interval 15s --expect init-connect=fail --expect handler-connect=pass",
    );
    expect(refusalOf(() => awsProof(ofAws, deployed("lazy-connect")))).to.deep.include({
      code: "unavailable",
      message: "Neither init-connect nor handler-connect is deployed, only lazy-connect.",
    });
  });

  it("refuses another peer than the deployed one, and names both", () => {
    const managed = deployed("init-connect");
    const own = { functions: { a: { name: "longrun-a", peer: "192.0.2.1:7000", peer_log_group: null } } };
    refuseOtherPeer("", own);
    refuseOtherPeer("192.0.2.1:7000", own);
    refuseOtherPeer("managed", managed);
    expect(
      refusalOf(() => {
        refuseOtherPeer("managed", own);
      }),
    ).to.deep.include({
      code: "usage",
      message: "PEER=managed was given, but longrun-a is deployed with the peer 192.0.2.1:7000.",
    });
  });

  it("says for each kind of peer what is deployed and what it costs", () => {
    expect([true, false].map((managed) => proofCost(managed))).to.deep.equal([
      "This deploys two functions, a VPC, and a Fargate task for each function's peer. It costs about 0.09 USD an hour until it is removed. To deploy takes some minutes; to remove it up to 45 minutes more, because AWS keeps the network interfaces of a function for so long. The proof itself takes five minutes, and about six more for CloudWatch's counts.",
      "This deploys one function, without a VPC, which connects to your machine. It costs below 0.01 USD an hour. To deploy and to remove it takes a few minutes. The proof itself takes five minutes, and about six more for CloudWatch's counts.",
    ]);
  });

  itOnce("shows failure and fix on this machine, and has nothing to remove", () => {
    const prove = (variables: Readonly<Record<string, string>>) => {
      const { status, stdout, stderr } = spawnSync(
        execPath,
        ["--import", "tsx", "scripts/infra/infra.ts", "prove"],
        {
          cwd: packageRoot(),
          encoding: "utf8",
          env: { ...env, TARGET: "local", MAKEFLAGS: "", ...variables },
        },
      );
      return { status, stdout, stderr };
    };
    const { status, stdout, stderr } = prove({ DURATION: "4s", OUT: join(place.path(), "run") });
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(/init-connect +FAIL +fail +yes[^]*handler-connect +PASS +pass +yes/);
    expect(prove({ CLEAN: "1" })).to.deep.include({ status: 0, stdout: "" });
  });
});
