/**
 * Fills a folder with a runtime client for Node.js: ours, or AWS's own aws-lambda-ric. The folder becomes LAMBDA_RUNTIME_DIR. This code
 * runs in the engine, unlike the other files of this folder.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { notAvailable } from "../../../base/errors.ts";
import type { RuntimeClient } from "../../runtime-client.ts";

export const RIC_PACKAGE = "aws-lambda-ric";
const OWN_FILE = "index.cjs";
const RIC_FILE = "bootstrap.mjs";

/** The program that starts AWS's client. Client 3 exports a function that starts it; client 4 starts when it is loaded. */
const START_RIC = `process.execArgv = process.execArgv.filter((flag) => !flag.startsWith("--v8-pool-size="));
const client = await import("./index.mjs");
if (client.run !== undefined) await client.run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
`;

/** `bootstrapFile` is our built client, one CommonJS file. */
export async function placeOwnClient(folder: string, bootstrapFile: string): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  await copyFile(bootstrapFile, join(folder, OWN_FILE));
  return { folder, file: OWN_FILE };
}

/** Copies AWS's client, because an environment's mounts may hide the folder of its package. */
export async function placeRic(source: string, folder: string): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  // Client 3 has its two files in the folder dist, and client 4 has them at its root.
  const from = existsSync(join(source, "dist", "index.mjs")) ? join(source, "dist") : source;
  const native = join(from, "rapid-client.node");
  if (!existsSync(native))
    throw notAvailable(`${source} has no rapid-client.node: it was not built.`, {
      hint: "npm builds it while it installs the package: cmake, a C++ compiler, autoconf, automake and libtool are needed",
    });
  await copyFile(native, join(folder, "rapid-client.node"));
  await writeFile(join(folder, "index.mjs"), await readFile(join(from, "index.mjs")));
  await writeFile(join(folder, RIC_FILE), START_RIC);
  return { folder, file: RIC_FILE };
}
