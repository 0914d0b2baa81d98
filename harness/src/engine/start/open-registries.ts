/** Opens the registries of functions, layers, packages and provisioned concurrency for the fleet and the platform. */
import { join } from "node:path";
import { durationMs } from "../../base/time.ts";
import type { Fleet } from "../fleet-contract.ts";
import { CodeStore } from "../registry/packages/code-store.ts";
import { FunctionRegistry } from "../registry/functions/function-registry.ts";
import { LAYER_FORM } from "../registry/layers/layer-record.ts";
import { LayerRegistry } from "../registry/layers/layer-registry.ts";
import { ProvisionedConcurrency } from "../registry/functions/provisioned-concurrency.ts";
import { FUNCTION_FORM } from "../registry/functions/function-record.ts";
import { RecordFolder } from "../registry/record-folder.ts";
import { DATA_FOLDERS } from "./data-folder.ts";
import type { ResolvedEngineSettings } from "./engine-settings.ts";
import type { StartConductor } from "../scheduling/plan/conductor.ts";
import { PlatformBlocks } from "../scheduling/plan/platform-blocks.ts";

export interface Registries {
  readonly registry: FunctionRegistry;
  readonly layers: LayerRegistry;
  readonly provisioned: ProvisionedConcurrency;
  readonly codeStore: CodeStore;
  readonly platform: PlatformBlocks | null;
}

export interface RegistriesFrom {
  readonly settings: ResolvedEngineSettings;
  readonly folder: string;
  readonly fleet: Fleet;
  readonly startConductor: StartConductor;
  readonly report: (problem: string) => void;
}

export function makeRegistries({
  settings,
  folder,
  fleet,
  startConductor,
  report,
}: RegistriesFrom): Registries {
  const { clock, stateDelays, accountId } = settings;
  const update = (key: string): Promise<void> => registry.renew(key);
  const platform =
    settings.platform === null
      ? null
      : new PlatformBlocks({
          fleet,
          clock,
          startConductor,
          draw: settings.platform,
          update,
          report: settings.report,
        });
  const codeStore = new CodeStore(join(folder, DATA_FOLDERS.code));
  const layers = new LayerRegistry(new RecordFolder(join(folder, DATA_FOLDERS.layers), LAYER_FORM), report);
  const registry = new FunctionRegistry({
    accountId,
    fleet: platform === null ? fleet : platform.over(fleet),
    launches: fleet.launches,
    codeStore,
    recordFolder: new RecordFolder(join(folder, DATA_FOLDERS.functions), FUNCTION_FORM),
    clock,
    delays: {
      create: durationMs(stateDelays?.createMs ?? 0),
      update: durationMs(stateDelays?.updateMs ?? 0),
    },
    report,
    layerFolders: () => layers.folders(),
  });
  return { registry, layers, provisioned: new ProvisionedConcurrency(fleet, report), codeStore, platform };
}

/** Loads the functions and layers that an earlier engine left. Initialises environments for provisioned concurrency again. */
export async function loadRegistries({ registry, layers, provisioned }: Registries): Promise<void> {
  await layers.load();
  await registry.load();
  for (const { fleetKey, provisioned: requests, aliases } of registry.all()) {
    for (const [qualifier, { requested }] of Object.entries(requests)) {
      const version = aliases.find(({ Name }) => Name === qualifier)?.FunctionVersion ?? qualifier;
      provisioned.request({ fleetKey, qualifier, version, requested });
    }
  }
}

export async function closeRegistries({ registry, layers, provisioned }: Registries): Promise<void> {
  provisioned.close();
  await registry.close();
  await layers.close();
}
