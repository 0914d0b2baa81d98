import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleSource } from "../../../harness/src/adapters/toolchains/node/bundle-source.ts";
import { writeZip } from "../../../harness/src/adapters/toolchains/write-zip.ts";
import { invariant } from "../../../harness/src/base/invariant.ts";

const SOURCE = fileURLToPath(new URL("probe-handler.ts", import.meta.url));
/** Every user may read the file, because Lambda runs the function as another user than its owner. */
const MODE = 0o100644;

export async function packProbe(file: string): Promise<void> {
  const bundled = await bundleSource(SOURCE);
  invariant(bundled.ok, "the handler of the verification can be bundled");
  mkdirSync(dirname(file), { recursive: true });
  const contents = Buffer.from(bundled.contents);
  writeFileSync(file, await writeZip([{ name: bundled.name, contents, mode: MODE }]));
}
