/** Terraform's outputs (`--terraform-outputs`). */
import { flagsOfDeployed } from "../../src/settings/deployed-flags.ts";
import { parseDeployed, parseOutputs } from "../../src/settings/deployed.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { namesProblem } from "./support/names-problem.ts";

const output = (value: unknown): unknown => ({ sensitive: false, type: "dynamic", value });
const FUNCTION = {
  name: "device-init-connect",
  log_group: "/aws/lambda/device-init-connect",
  peer: "peer.local:7000",
  peer_protocol: "longrun",
  peer_log_group: "/longrun/peer",
};
const OUTPUTS = {
  region: output("eu-central-1"),
  architecture: output("arm64"),
  endpoint: output("http://127.0.0.1:3001"),
  functions: output({ "init-connect": FUNCTION, other: { name: "other" } }),
  runner: output({
    cluster: "c",
    task_definition: "t",
    subnet_ids: ["s"],
    security_group_id: "g",
    bucket: "b",
    log_group: "l",
    command: ["longrun"],
  }),
  image_repository: output(null),
};

fuzz("deployed-outputs", {
  samples: [JSON.stringify(OUTPUTS, null, 2), JSON.stringify({ ...OUTPUTS, endpoint: output(null) }), "{}"],
  start: () => ({
    check(input) {
      const text = textOf(input);
      parseOutputs(text);
      const read = parseDeployed(text);
      if (!read.ok) return namesProblem(read.expected, text);
      const { flags, problems } = flagsOfDeployed(read.deployed, {});
      const resolved = resolveSoak(flags, {}, null);
      for (const one of [...problems, ...resolved.problems]) namesProblem(`${one.where}: ${one.text}`, text);
    },
  }),
});
