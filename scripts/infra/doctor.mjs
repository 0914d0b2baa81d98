/** `make doctor TARGET=…`: this machine or the account, and the functions that are deployed there. The exit code is doctor's. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { readDeployed } from "./deployed.mjs";
import { withoutAccount } from "./local-services.mjs";
import { Problem } from "./problem.mjs";

export async function doctor(settings) {
  const args = [
    join(settings.root, "dist", "longrun.js"),
    ...doctorArguments(settings, await deployedOrNull(settings)),
  ];
  const env = settings.target === "local" ? withoutAccount(process.env) : process.env;
  const child = spawn(process.execPath, args, { stdio: "inherit", env, cwd: settings.root });
  process.exitCode = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status) => resolve(status ?? 130));
  });
}

/** Most want to know before they deploy anything: then there is the account to look at. */
async function deployedOrNull(settings) {
  try {
    return await readDeployed(settings);
  } catch (error) {
    if (error instanceof Problem && /^Nothing is deployed/.test(error.message)) return null;
    throw error;
  }
}

/** Pure. */
export function doctorArguments({ target, region }, deployed) {
  const functions = Object.entries(deployed?.functions ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([label, { name }]) => ["--function", `${label}=${name}`]);
  if (target === "aws" && deployed === null && region === null)
    throw new Problem("Nothing is deployed that could say where: REGION (or AWS_REGION) must be given.", {
      code: 64,
    });
  if (target === "aws")
    return ["doctor", "--target", "aws", "--region", deployed?.region ?? region, ...functions];
  return deployed === null
    ? ["doctor"]
    : ["doctor", "--region", deployed.region, "--endpoint", deployed.endpoint, ...functions];
}
