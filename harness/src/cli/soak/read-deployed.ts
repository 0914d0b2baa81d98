/** Reads `--terraform-outputs FILE|-`. Throws "unavailable" if nothing is deployed. */
import { resolve } from "node:path";
import { readGivenText } from "../../adapters/node/read-given-file.ts";
import { notAvailable, wrongInput } from "../../base/errors.ts";
import { parseDeployed, type Deployed } from "../../settings/deployed.ts";
import type { Machine } from "../machine.ts";
import { whyUnreadable } from "../why-unreadable.ts";

export async function readDeployed(machine: Machine, file: string): Promise<Deployed> {
  const read = parseDeployed(file === "-" ? await standardInput(machine) : fileText(machine, file));
  if (read.ok) return read.deployed;
  if (read.nothingDeployed) {
    throw notAvailable("Nothing is deployed: Terraform's outputs are empty.", {
      hint: "Run make deploy, then the same command again.",
    });
  }
  throw wrongInput(`--terraform-outputs ${file}: expected ${read.expected}.`, {
    hint: "terraform -chdir=infra output -json prints it.",
  });
}

async function standardInput(machine: Machine): Promise<string> {
  const lines: string[] = [];
  for await (const line of machine.inputLines()) lines.push(line);
  return lines.join("\n");
}

function fileText(machine: Machine, file: string): string {
  try {
    return readGivenText(resolve(machine.workingFolder, file));
  } catch (error) {
    throw wrongInput(
      `--terraform-outputs ${file}: expected a file that can be read, but ${whyUnreadable(error)}.`,
      { cause: error },
    );
  }
}
