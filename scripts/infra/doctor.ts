/** `make doctor TARGET=…`: runs `longrun doctor` for the target and the functions that are deployed there. Returns its exit code. */
import { wrongInput } from "../../harness/src/base/errors.ts";
import { findDeployed, type DeployedStack } from "./deployed.ts";
import { runLongrun } from "./longrun-command.ts";
import type { Settings } from "./settings.ts";

export async function doctor(settings: Settings): Promise<number> {
  const { code } = await runLongrun(settings, doctorArguments(settings, await findDeployed(settings)));
  return code;
}

export function doctorArguments(
  { target, region }: Pick<Settings, "target" | "region">,
  deployed: DeployedStack | null,
): readonly string[] {
  const functions = Object.entries(deployed?.functions ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([label, { name }]) => ["--function", `${label}=${name}`]);
  const where = deployed?.region ?? region;
  if (target === "local")
    return deployed === null
      ? ["doctor"]
      : ["doctor", "--region", deployed.region, "--endpoint", deployed.endpoint ?? "", ...functions];
  if (where === null)
    throw wrongInput(
      "Nothing is deployed, so the Region is not known: REGION (or AWS_REGION) must be given.",
    );
  return ["doctor", "--target", "aws", "--region", where, ...functions];
}
