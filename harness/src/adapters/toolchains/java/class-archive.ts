/**
 * Makes an archive (AppCDS) of the classes that AWS's client for Java loads, once for each installation of Java. Lambda has such an archive,
 * too. With it, the client starts in half the time. A Java that cannot use the archive ignores it.
 */
import { createHash } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pid } from "node:process";
import { LongrunError } from "../../../domain/errors.ts";
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";
import { MAIN_CLASS, moduleOptions } from "../../../runtimes/java.ts";
import type { Interpreter } from "../../../runtimes/interpreter.ts";
import { runTool } from "../run-tool.ts";
import { jarsIn } from "./jars-in.ts";

/** The client gets two events, so that it also loads the classes for an answer. The third request fails, and the client ends. */
const EVENTS = 2;
/** A handler in a class that every Java has. */
const HANDLER = "java.util.HashMap::get";

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
      throw new LongrunError(
        "unavailable",
        `Java ${version} made no archive of the client's classes: ${dumped.ok ? "it wrote no file" : dumped.said.split("\n").slice(-2).join(" ")}`,
        { hint: "The functions run without the archive; their cold starts take longer." },
      );
    renameSync(made, archive);
  } finally {
    rmSync(list, { force: true });
    rmSync(made, { force: true });
  }
}

/** Runs the client with a Runtime API that this file serves, and lets Java list the classes that it loads. */
async function listClasses(
  { file, version }: Pick<Interpreter, "file" | "version">,
  list: string,
  classPath: readonly string[],
  environment: EnvironmentVariables,
): Promise<void> {
  let events = 0;
  const api = createServer((request, response) => {
    request.resume();
    if (request.url?.endsWith("/next") !== true) return void response.writeHead(202).end("{}");
    events += 1;
    if (events > EVENTS) return void response.destroy();
    response
      .writeHead(200, {
        "Content-Type": "application/json",
        "Lambda-Runtime-Aws-Request-Id": `request-${events}`,
        "Lambda-Runtime-Deadline-Ms": String(Date.now() + 60_000),
        "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:archive",
      })
      .end("{}");
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const address = api.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    // The client ends with an error, because its third request fails. Only the list of classes matters.
    await runTool({
      file,
      arguments: [
        ...[`-XX:DumpLoadedClassList=${list}`, "-XX:+UseSerialGC", ...moduleOptions(version)],
        ...[...classPath, MAIN_CLASS, HANDLER],
      ],
      folder: "/",
      environment: {
        ...environment,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        AWS_LAMBDA_FUNCTION_NAME: "archive",
        AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
        AWS_LAMBDA_LOG_GROUP_NAME: "archive",
        AWS_LAMBDA_LOG_STREAM_NAME: "archive",
        LAMBDA_TASK_ROOT: "/",
      },
    });
  } finally {
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  }
}

function archiveFile({ file, version }: Pick<Interpreter, "file" | "version">, client: string): string {
  const options = moduleOptions(version).join(" ");
  const hash = createHash("sha256").update(file).update(options).digest("hex").slice(0, 8);
  return join(client, `classes-${version}-${hash}.jsa`);
}
