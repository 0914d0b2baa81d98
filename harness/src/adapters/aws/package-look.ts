/** Reads the file of a function's package that contains its handler. The package is fetched and read, never run. */
import { GetFunctionCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { text } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import type { CodeFacts, FunctionConfigurationFacts, Seen } from "../../doctor/account-facts.ts";
import { seenOrWhy } from "./seen-or-why.ts";

const PACKAGE_BYTES_MAX = 60 << 20;
const FILE_BYTES_MAX = 16 << 20;
const FETCH_WITHIN_MS = 60_000;

export function packageLook(
  lambda: LambdaClient,
  name: string,
  { packageType, handler }: FunctionConfigurationFacts,
): Promise<Seen<CodeFacts>> {
  if (packageType === "Image")
    return Promise.resolve({ seen: true, value: { kind: "closed", why: "it is a container image." } });
  return seenOrWhy<CodeFacts>("lambda:GetFunction", async () => {
    const { Code, Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
    if ((Configuration?.CodeSize ?? 0) > PACKAGE_BYTES_MAX)
      return { kind: "closed", why: `it has ${Configuration?.CodeSize ?? 0} bytes.` };
    if (Code?.Location === undefined) return { kind: "closed", why: "Lambda gave no link to it." };
    const response = await fetch(Code.Location, { signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
    if (!response.ok) return { kind: "closed", why: `its link answered ${response.status}.` };
    return await filesOf(Buffer.from(await response.arrayBuffer()), handler ?? "");
  });
}

async function filesOf(zip: Buffer, handler: string): Promise<CodeFacts> {
  const module = /^((?:[^/]+\/)*[^/.]+)\./.exec(handler)?.[1] ?? "";
  const wanted = new Set(["", ".js", ".mjs", ".cjs"].map((ending) => `${module}${ending}`));
  const files: { readonly path: string; readonly text: string }[] = [];
  try {
    const archive = await fromBufferPromise(zip);
    for await (const entry of archive.eachEntry()) {
      if (!wanted.has(entry.fileName)) continue;
      if (entry.uncompressedSize > FILE_BYTES_MAX)
        return { kind: "closed", why: `${entry.fileName} has ${entry.uncompressedSize} bytes.` };
      files.push({ path: entry.fileName, text: await text(await archive.openReadStreamPromise(entry)) });
    }
  } catch (error) {
    return {
      kind: "closed",
      why: `it cannot be read as a zip: ${error instanceof Error ? error.message : String(error)}.`,
    };
  }
  return { kind: "files", files };
}
