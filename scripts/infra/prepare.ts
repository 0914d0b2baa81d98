/** What every command with a Terraform plan needs: the services of the local target, Terraform, and Terraform's work folder. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT } from "../../harness/src/words/exit-codes.ts";
import { failure } from "./explain-failure.ts";
import { startServices, type LocalServices } from "./local-services.ts";
import type { Settings } from "./settings.ts";
import { requireTerraform } from "./terraform-tool.ts";
import { terraformVariables } from "./terraform-variables.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/** The exit code of `plan -detailed-exitcode` if there are changes. */
const CHANGES = 2;

export interface Prepared {
  /** Null on AWS. */
  readonly running: LocalServices | null;
  readonly workspace: Workspace;
}

export async function prepare(settings: Settings): Promise<Prepared> {
  const tool = await requireTerraform(settings.tool);
  const running = settings.target === "local" ? await startServices(settings) : null;
  return { running, workspace: await openWorkspace(settings, tool) };
}

/** Shows the plan and saves it in `file`. Returns false if there is nothing to do. */
export async function planChanges(
  settings: Settings,
  { running, workspace }: Prepared,
  { file, destroy }: { readonly file: string; readonly destroy: boolean },
): Promise<boolean> {
  const variables = terraformVariables(settings, running);
  writeFileSync(join(workspace.work, "terraform.tfvars.json"), JSON.stringify(variables, null, 2));
  const args = [
    ...(destroy ? ["-destroy"] : []),
    "-input=false",
    "-detailed-exitcode",
    `-out=${file}`,
    ...(settings.variablesFile === null ? [] : [`-var-file=${settings.variablesFile}`]),
  ];
  const quiet = settings.quietPlans === true;
  const planned = await (quiet ? workspace.ask("plan", ...args) : workspace.show("plan", ...args));
  if (planned.code !== EXIT.pass && planned.code !== CHANGES) {
    if (quiet) process.stderr.write(`${planned.stdout}${planned.stderr}`);
    throw failure(
      `The plan${destroy ? " to destroy" : ""} ended with ${planned.code}; nothing was changed.`,
      planned,
    );
  }
  return planned.code === CHANGES;
}
