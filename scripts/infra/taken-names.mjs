/**
 * Names that the plan wants to create and somebody else has already: found before anything is created. Terraform itself finds
 * out half-way through an apply.
 */
import { nameLook } from "./look-for-name.mjs";
import { plannedNames } from "./planned-names.mjs";
import { Problem } from "./problem.mjs";

/**
 * @param {object} plan as `terraform show -json` gives it
 * @param {{ work: string, program: string }} workspace
 * @param {{ region: string, local: { engine: string, services: string } | null, variablesFile: string | null }} place
 */
export async function refuseTakenNames(plan, workspace, { region, local, variablesFile }) {
  const planned = plannedNames(plan);
  if (planned.length === 0) return;
  const look = await nameLook({ region, local });
  try {
    const taken = [];
    for (const one of planned) {
      const id = await look.find(one);
      if (id !== null) taken.push({ ...one, id });
    }
    if (taken.length > 0) throw refusal(taken, { local: local !== null, variablesFile, ...workspace });
  } finally {
    look.close();
  }
}

/**
 * Pure. An apply that was killed while it made something leaves that outside the state: it is there, and nobody's.
 * @param {readonly { type: string, what: string, name: string, address: string, id: string }[]} taken
 */
export function refusal(taken, { local, work, program, variablesFile }) {
  const names = taken.map(({ what, name }) => `${what} ${name}`).join(", ");
  return new Problem(
    `These names are taken by something that is not in this deployment's state: ${names}. Nothing was changed.`,
    {
      hint: local
        ? "If an apply was cut off: make destroy TARGET=local takes everything away, then deploy again. Otherwise choose another NAME."
        : wayBack(taken, { work, program, variablesFile }),
    },
  );
}

function wayBack(taken, { work, program, variablesFile }) {
  // An account has one provider for GitHub, and others rest on it.
  const [shared, own] = [
    taken.filter(({ type }) => type === "aws_iam_openid_connect_provider"),
    taken.filter(({ type }) => type !== "aws_iam_openid_connect_provider"),
  ];
  const variables = variablesFile === null ? "" : ` -var-file=${quoted(variablesFile)}`;
  return [
    ...shared.map(
      ({ id }) =>
        `The account has its identity provider for GitHub: set github.existing_provider_arn to ${id}.`,
    ),
    ...(own.length === 0
      ? []
      : [
          `If an apply of this deployment was cut off, take in what it had made, and deploy again. In ${work}:`,
          ...own.map(
            ({ address, id }) =>
              `  ${program} import -input=false${variables} ${quoted(address)} ${quoted(id)}`,
          ),
          "If it is somebody else's, choose another NAME.",
        ]),
  ].join("\n");
}

/** For a shell. */
function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
