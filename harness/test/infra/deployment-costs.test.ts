/** Tests that the documents state the costs of the table. LONGRUN_RENEW_TABLES=1 writes the section of infra/README.md again. */
import { expect } from "chai";
import { env } from "node:process";
import {
  ALARMS,
  costSection,
  costSentence,
  ENDPOINTS,
  RUNNER_TASK,
  ZONES,
} from "../../../scripts/infra/deployment-costs.ts";
import { PEER_TASK } from "../../src/scan/cost/estimate-cost.ts";
import { readInfra, writeInfra } from "./readme-tables.ts";

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("infrastructure: the costs of a deployment", () => {
  it("are in infra/README.md as in the table", () => {
    const [before = ""] = readInfra("README.md").split("\n## Costs");
    const wanted = `${before}\n${costSection()}`;
    if (env["LONGRUN_RENEW_TABLES"] === "1") writeInfra("README.md", wanted);
    expect(readInfra("README.md")).to.equal(wanted);
  });

  it("are in docs/deploy.md as in the table", () => {
    expect(oneLine(readInfra("../docs/deploy.md"))).to.include(costSentence());
  });

  it("are those of what Terraform makes", () => {
    const numberIn = (file: string, pattern: RegExp): number => Number(pattern.exec(readInfra(file))?.[1]);
    const services = [
      ...readInfra("locals.tf").matchAll(/^ {4}(?:local\.tasks|var\.runner).*?\[("[^\]]*")\]/gm),
    ].map(([, list = ""]) => list.split(",").length);
    expect({
      peer: {
        vcpu: numberIn("modules/peer/variables.tf", /\bcpu\s+= optional\(number, (\d+)\)/) / 1024,
        gb: numberIn("modules/peer/variables.tf", /\bmemory_mb\s+= optional\(number, (\d+)\)/) / 1024,
      },
      runner: {
        vcpu: numberIn("modules/runner/variables.tf", /"cpu" \{[^}]*?default\s+= (\d+)/) / 1024,
        gb: numberIn("modules/runner/variables.tf", /"memory_mb" \{[^}]*?default\s+= (\d+)/) / 1024,
      },
      zones: numberIn("modules/network/variables.tf", /"availability_zone_count" \{[^}]*?default\s+= (\d+)/),
      endpoints: { peer: services[0], runner: (services[0] ?? 0) + (services[1] ?? 0) },
      alarms: readInfra("modules/function/alarms.tf").match(/resource "aws_cloudwatch_metric_alarm"/g)
        ?.length,
    }).to.deep.equal({
      peer: PEER_TASK,
      runner: RUNNER_TASK,
      zones: ZONES,
      endpoints: ENDPOINTS,
      alarms: ALARMS,
    });
  });
});
