/**
 * Makes an archive (AppCDS) of the classes of AWS's runtime client, for one Java. Lambda has such an archive too. With the archive, the client
 * starts in half the time. Without it, `longrun explore` of a function in Java would take 1.8 to 2.0 × the time (bound: 1.5 ×).
 */
import { createHash } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pid } from "node:process";
import { notAvailable } from "../../../base/errors.ts";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import { moduleOptions } from "../../../catalogue/runtimes/java.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { runTool } from "../run-tool.ts";
import { jarsIn } from "./jars-in.ts";
import { listClasses } from "./list-classes.ts";

/** Returns null if there is no archive for this Java. `client` is the folder with the client's jars and the archives. */
export function classArchive({ file, version }: Interpreter, client: string): string | null {
  const archive = archiveFile({ file, version }, client);
  return existsSync(archive) ? archive : null;
}

/** Rejects with a LongrunError if this Java makes no archive. */
export async function makeClassArchive(
  { file, version }: Interpreter,
  client: string,
  environment: EnvironmentVariables,
): Promise<void> {
  const archive = archiveFile({ file, version }, client);
  const [list, made] = [`${archive}.list-${pid}`, `${archive}.new-${pid}`];
  const classPath = ["-cp", jarsIn(client).join(":")];
  try {
    await listClasses({ file, version }, list, classPath, environment);
    const dumped = await runTool({
      file,
      arguments: [
        ...["-Xshare:dump", `-XX:SharedClassListFile=${list}`, `-XX:SharedArchiveFile=${made}`],
        // From Java 25 on, an archive is valid only if Java is started with the same module options as when the archive was made.
        ...["-XX:+UseSerialGC", ...moduleOptions(version), ...classPath],
      ],
      folder: client,
      environment,
    });
    if (!dumped.ok || !existsSync(made))
      throw notAvailable(
        `Java ${version} made no archive of the client's classes: ${dumped.ok ? "it wrote no file" : dumped.said.split("\n").slice(-2).join(" ")}`,
        { hint: "The functions run without the archive; their cold starts take longer." },
      );
    renameSync(made, archive);
  } finally {
    rmSync(list, { force: true });
    rmSync(made, { force: true });
  }
}

function archiveFile({ file, version }: Pick<Interpreter, "file" | "version">, client: string): string {
  const options = moduleOptions(version).join(" ");
  const hash = createHash("sha256").update(file).update(options).digest("hex").slice(0, 8);
  return join(client, `classes-${version}-${hash}.jsa`);
}
