/** The function designs that come with the package, as code for `createFunction`. */
import { designPackageFile } from "../adapters/node/assets.ts";
import { DESIGNS, type Design } from "../settings/function-choice.ts";

export { DESIGNS };

/** Returns code and handler of a shipped design: `createFunction({ ...design("init-connect"), peer })`. */
export function design(name: Design): { readonly code: string; readonly handler: string } {
  return { code: designPackageFile(name), handler: "handler.handler" };
}
