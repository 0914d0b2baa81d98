import type { Lever } from "../words/lever.ts";
import type { LeverKind } from "./lever-kind.ts";
import { provisioned } from "./provisioned.ts";
import { tenants } from "./tenants.ts";
import { update } from "./update.ts";
import { versions } from "./versions.ts";

export const LEVER_KINDS: Readonly<Record<Lever, LeverKind>> = {
  versions,
  update,
  provisioned,
  tenants,
};
