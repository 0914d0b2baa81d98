/**
 * Finds names in the plan that other resources already have. Terraform would find out during the apply, after it has created other
 * resources.
 */
import { notAvailable, type LongrunError } from "../../harness/src/base/errors.ts";
import type { LocalServices } from "./local-services.ts";
import { nameLook } from "./look-for-name.ts";
import { plannedNames, type PlannedName } from "./planned-names.ts";
import type { TerraformPlan } from "./terraform-json.ts";
import type { Workspace } from "./workspace.ts";

export interface TakenName extends Omit<PlannedName, "within"> {
  /** The ID by which Terraform imports the resource. */
  readonly id: string;
  /** For a role, the Region of the deployment to which it belongs. Null if it is not known, and for everything else. */
  readonly region: string | null;
}

interface NamesPlace extends Pick<Workspace, "work" | "program"> {
  readonly region: string;
  readonly local: boolean;
  readonly variablesFile: string | null;
}

export async function refuseTakenNames(
  plan: TerraformPlan,
  options: {
    readonly workspace: Workspace;
    readonly region: string;
    readonly running: LocalServices | null;
    readonly variablesFile: string | null;
  },
): Promise<void> {
  const planned = plannedNames(plan);
  if (planned.length === 0) return;
  const { workspace, region, running, variablesFile } = options;
  const look = await nameLook({ region, local: running });
  try {
    const taken: TakenName[] = [];
    for (const one of planned) {
      const id = await look.find(one);
      if (id === null) continue;
      const ofRole = one.type === "aws_iam_role" ? await look.regionOfRole(one.name) : null;
      taken.push({ ...one, id, region: ofRole });
    }
    if (taken.length > 0)
      throw refusal(taken, { local: running !== null, region, variablesFile, ...workspace });
  } finally {
    look.close();
  }
}

/** A killed apply can leave a resource that exists without being in the state. */
export function refusal(taken: readonly TakenName[], place: NamesPlace): LongrunError {
  const names = taken.map(({ what, name }) => `${what} ${name}`).join(", ");
  return notAvailable(
    `These names are taken by something that is not in this deployment's state: ${names}. Nothing was changed.`,
    {
      hint: place.local
        ? "If an apply was interrupted: make destroy TARGET=local removes everything, then deploy again. Otherwise choose another NAME."
        : (elsewhere(taken, place) ?? wayBack(taken, place)),
    },
  );
}

/** The names of roles are the same in all Regions. To import the roles of another Region's deployment would put them into two states. */
function elsewhere(taken: readonly TakenName[], { region: here }: NamesPlace): string | null {
  const there = new Set(taken.flatMap(({ region }) => (region === null || region === here ? [] : [region])));
  if (there.size === 0) return null;
  const regions = [...there].sort().join(", ");
  return `Roles have one name in all Regions, and these belong to a deployment in ${regions}. Do not import them: one role would be in two states. Give the deployment in ${here} another NAME and its own state (docs/deploy.md#3-deploy).`;
}

function wayBack(taken: readonly TakenName[], { work, program, variablesFile }: NamesPlace): string {
  // An account has one provider for GitHub, which others use too.
  const isShared = ({ type }: TakenName): boolean => type === "aws_iam_openid_connect_provider";
  const own = taken.filter((one) => !isShared(one));
  const variables = variablesFile === null ? "" : ` -var-file=${quoted(variablesFile)}`;
  return [
    ...taken
      .filter(isShared)
      .map(
        ({ id }) =>
          `The account already has an identity provider for GitHub: set github.existing_provider_arn to ${id}.`,
      ),
    ...(own.length === 0
      ? []
      : [
          `If an apply of this deployment was interrupted, import what it had made, and deploy again. In ${work}:`,
          ...own.map(
            ({ address, id }) =>
              `  ${program} import -input=false${variables} ${quoted(address)} ${quoted(id)}`,
          ),
          "If it belongs to something else, choose another NAME.",
        ]),
  ].join("\n");
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
