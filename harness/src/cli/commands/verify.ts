import { resolve } from "node:path";
import { runInCheckout } from "../../adapters/node/checkout-script.ts";
import type { ExitCode } from "../../words/exit-codes.ts";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";
import { setting, toggle } from "../../settings/setting.ts";
import { OUT, REGION, TARGET, YES } from "../../settings/shared-settings.ts";
import { choice } from "../../settings/value-kinds.ts";
import { command } from "../command.ts";

const SETTINGS = {
  target: { ...TARGET, help: "What to verify: the engine and moto on this machine, or an AWS account." },
  tier: setting("tier", {
    takes: "lambda|full",
    help: "lambda: one function outside of any VPC. full: also a VPC, peers and the runner on Fargate, images and roles.",
    default: "lambda",
    value: choice(["lambda", "full"]),
  }),
  region: REGION,
  out: { ...OUT, help: "Where the report goes. Default: a new folder in runs/." },
  clean: toggle("clean", "Only remove what a killed verification left."),
  yes: { ...YES, help: "Do not ask; what is made and what it costs is still shown." },
} as const;

export const verify = command({
  name: "verify",
  description:
    "Deploys under a name of its own (lrv-…), checks each row of docs/verified.md with a probe, destroys everything, looks for what is left, and writes a report as Markdown and JSON. It says what it will make and what that costs, and asks.\n\n" +
    "It needs a checkout of the repository, built with `make build`, and terraform or tofu: the package has no infra/. In a checkout, `make verify` does the same; TF and VARS are read from the environment.\n\n" +
    "Exit code 0: nothing differs and nothing is left. 1: a row differs, or something is left. 130: interrupted; what was made was removed.",
  positional: null,
  settings: SETTINGS,
  examples: [
    { command: "longrun verify", does: "this machine: shows whether the probes work" },
    {
      command: "longrun verify --target aws --region eu-central-1",
      does: "an account: half an hour, about a cent",
    },
    { command: "longrun verify --target aws --clean", does: "after kill -9" },
  ],
  run: async (machine, { values }): Promise<ExitCode> => {
    const { environment, workingFolder } = machine;
    const variables: EnvironmentVariables = {
      ...environment,
      TARGET: values.target ?? "local",
      TIER: values.tier ?? "lambda",
      REGION: values.region ?? environment["REGION"],
      OUT: values.out === undefined ? undefined : resolve(workingFolder, values.out),
      CLEAN: values.clean === true ? "1" : "",
      AUTO_APPROVE: values.yes === true ? "1" : "",
    };
    return (await runInCheckout("verify", variables)) as ExitCode;
  },
});
