/** The variables of the Terraform files in infra/. infra/variables.tf documents each. */
import { join } from "node:path";
import { isDesign, needsLeaseTable } from "../../harness/src/settings/function-choice.ts";
import type { LocalServices } from "./local-services.ts";
import type { PeerChoice } from "./read-peer.ts";
import type { Settings } from "./settings.ts";

/** `running`: null on AWS. */
export function terraformVariables(
  settings: Pick<
    Settings,
    "name" | "region" | "peer" | "designs" | "architecture" | "variables" | "given" | "root"
  >,
  running: LocalServices | null,
): Readonly<Record<string, unknown>> {
  const { name, region, peer, designs, architecture, variables, given, root } = settings;
  const packages = join(root, "dist", "functions");
  return {
    name,
    region,
    ...(architecture === null ? {} : { architecture }),
    functions: Object.fromEntries(designs.map((label) => [label, functionOf(label, packages)])),
    ...(peer === null ? {} : { peer: peerOf(peer, { running, region }) }),
    ...(peer?.kind === "managed" ? { network: { create: {} } } : {}),
    ...(running === null
      ? {}
      : {
          local: { engine: running.engine, services: running.services },
        }),
    ...variables,
    given,
  };
}

function functionOf(label: string, packages: string): Readonly<Record<string, unknown>> {
  return {
    package_file: join(packages, `${label}.zip`),
    ...(isDesign(label) && needsLeaseTable({ kind: "design", design: label }) ? { lease: true } : {}),
  };
}

function peerOf(
  peer: PeerChoice,
  { running, region }: { readonly running: LocalServices | null; readonly region: string | null },
): Readonly<Record<string, unknown>> {
  switch (peer.kind) {
    case "managed":
      // The Terraform files need the reference of an image. If it is not given, no task starts (TARGET=local, a destroy), so this made-up reference is never fetched.
      return {
        managed: { image: peer.image ?? `123456789012.dkr.ecr.${region}.amazonaws.com/longrun:local` },
      };
    case "loopback":
      return { external: { ...running?.peer, protocol: "longrun" } };
    case "external":
      return { external: { host: peer.host, port: peer.port, protocol: peer.protocol } };
  }
}
