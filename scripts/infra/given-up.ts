/**
 * Finds resources that a plan would remove although the user probably wants them. Some belong to variables that VARS set at the last apply
 * and does not set now. Others must survive because other resources depend on them, or because their content would be lost.
 */
import { wrongInput } from "../../harness/src/base/errors.ts";
import type { TerraformPlan } from "./terraform-json.ts";

/** Resources that must survive: the variable that creates each, and its address in Terraform. */
const LASTING: ReadonlyMap<string, RegExp> = new Map([
  ["github", /^module\.github_oidc\b/],
  ["image_repository", /^module\.image\b/],
  ["runner", /^module\.runner\[\d+\]\.aws_s3_bucket\.this$/],
]);

const SHOWN = 3;

interface GivenUp {
  readonly name: string;
  readonly forgotten: boolean;
  readonly destroyed: readonly string[];
}

/** `remove`: variables whose resources may be removed. */
export function refuseGivingUp(plan: TerraformPlan, remove: readonly string[]): void {
  const rows = givenUp(plan).filter(({ name }) => !remove.includes(name));
  if (rows.length === 0) return;
  const lines = rows.map(({ name, forgotten, destroyed }) => {
    const what = [
      ...(forgotten ? ["VARS set it at the last apply and does not set it now"] : []),
      ...(destroyed.length > 0 ? [`destroys ${someOf(destroyed)}`] : []),
    ];
    return `  ${name}: ${what.join("; ")}`;
  });
  throw wrongInput(["This plan removes parts of the deployment. Nothing was changed.", ...lines].join("\n"), {
    hint: `Give the same VARS as before; a workflow has it from the repository's variable LONGRUN_VARS.\nIf this is intended: REMOVE=${[...remove, ...rows.map(({ name }) => name)].join(",")}`,
  });
}

/** Names only the first addresses, because all of them are in the plan that was shown. */
function someOf(addresses: readonly string[]): string {
  const more = addresses.length - SHOWN;
  return `${addresses.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

export function givenUp({
  resource_changes: changes,
  output_changes: outputs,
}: TerraformPlan): readonly GivenUp[] {
  const now = outputs.given?.after ?? [];
  const forgotten = (outputs.given?.before ?? []).filter((name) => !now.includes(name));
  const destroyed = changes
    .filter(({ change }) => change.actions.includes("delete"))
    .map(({ address }) => address);
  return [...new Set([...LASTING.keys(), ...forgotten])]
    .map((name) => ({
      name,
      forgotten: forgotten.includes(name),
      destroyed: destroyed.filter((address) => LASTING.get(name)?.test(address) === true),
    }))
    .filter((one) => one.forgotten || one.destroyed.length > 0);
}
