/**
 * Makes flags from the deployed functions and peers. A flag that the user gave overrides them. `--function LABEL` chooses among the
 * deployed functions.
 */
import { didYouMean } from "./closest-name.ts";
import type { Deployed, DeployedFunction } from "./deployed.ts";
import type { Problem } from "./problem.ts";
import type { SoakFlags, SoakSettings } from "./soak-settings.ts";

export function flagsOfDeployed(
  deployed: Deployed,
  given: SoakFlags,
): { readonly flags: SoakFlags; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const target = deployed.endpoint === null ? "aws" : "local";
  if (given.target !== undefined && given.target !== target) {
    problems.push({
      where: `--target ${given.target}`,
      text: `expected --target ${target}: these outputs are of a deployment ${target === "aws" ? "on AWS" : "on a local engine"}`,
    });
  }
  const chosen = choose(deployed, given, problems);
  const external = chosen.filter(({ peerLogGroup, peer }) => peerLogGroup === null && peer !== null);
  return {
    problems,
    flags: {
      ...(deployed.endpoint === null ? {} : { endpoint: deployed.endpoint }),
      region: deployed.region,
      ...(external[0]?.peer == null ? {} : { peer: [{ name: null, value: external[0].peer }] }),
      ...given,
      target,
      function: chosen.map(({ label, name }) => ({ label, name })),
      "peer-log-group":
        given["peer-log-group"] ??
        chosen.flatMap(({ label, peerLogGroup }) =>
          peerLogGroup === null ? [] : [{ label, logGroup: peerLogGroup }],
        ),
    },
  };
}

function choose(deployed: Deployed, given: SoakFlags, problems: Problem[]): readonly DeployedFunction[] {
  if (given.function === undefined) return deployed.functions;
  const labels = deployed.functions.map(({ label }) => label);
  return given.function.flatMap(({ name }) => {
    const found = deployed.functions.find((one) => one.label === name || one.name === name);
    if (found === undefined)
      problems.push({
        where: `--function ${name}`,
        text: `expected a deployed function: ${labels.join(", ")}${didYouMean(name, labels)}`,
      });
    return found === undefined ? [] : [found];
  });
}

/** Adds the address of each managed peer, so that the journal has it. */
export function withPeerAddresses(settings: SoakSettings, { functions }: Deployed): SoakSettings {
  const peerOf = (label: string) => functions.find((one) => one.label === label)?.peer ?? null;
  return {
    ...settings,
    peerLogs: settings.peerLogs.map((one) => ({ ...one, address: one.address ?? peerOf(one.label) })),
  };
}
