/** Settings and running services → the composition's variables. Pure; infra/variables.tf says what each means. */
import { join } from "node:path";

/**
 * @param {ReturnType<import("./settings.mjs").readSettings>} settings
 * @param {{ engine: string, services: string, peer: { host: string, port: number } | null } | null} running null on AWS
 */
export function terraformVariables(settings, running) {
  const { name, region, peer, designs, variables, given, root } = settings;
  const packages = join(root, "dist", "functions");
  return {
    name,
    region,
    ...(settings.designs.length > 0
      ? { functions: Object.fromEntries(designs.map((label) => [label, functionOf(label, packages)])) }
      : {}),
    ...(peer === null ? {} : { peer: peerOf(peer, running) }),
    ...(peer?.kind === "managed" ? { network: { create: {} } } : {}),
    ...(running === null
      ? {}
      : {
          local: { engine: running.engine, services: running.services },
          check_quota: false,
          wait_for_peers: false,
        }),
    ...variables,
    given,
  };
}

function functionOf(label, packages) {
  return {
    package_file: join(packages, `${label}.zip`),
    ...(label === "lease-connect" ? { lease: true } : {}),
  };
}

function peerOf(peer, running) {
  if (peer.kind === "managed") return { managed: { image: peer.image } };
  if (peer.kind === "loopback")
    return { external: { host: running.peer.host, port: running.peer.port, protocol: "longrun" } };
  return { external: { host: peer.host, port: peer.port, protocol: peer.protocol } };
}
