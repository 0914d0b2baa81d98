/** Downloads AWS's runtime client for Java and its dependencies with Maven from Maven Central into a cache. The jars work with every Java version. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { platform } from "node:process";
import { notAvailable } from "../../../base/errors.ts";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { makeCacheFolder } from "../make-cache-folder.ts";
import { runTool } from "../run-tool.ts";
import { makeHttpClient } from "./http-client.ts";

const NAME = "aws-lambda-java-runtime-interface-client";
const VERSION = "2.10.1";

export const MAVEN = {
  command: "mvn",
  title: "Maven (mvn)",
  install: "apt install maven or brew install maven",
} as const;

/** Maven finds what the client itself depends on. */
const PROJECT = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>longrun</groupId>
  <artifactId>runtime-client</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>${NAME}</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Returns null if the client is not installed. */
export function javaClient(environment: EnvironmentVariables): string | null {
  const folder = clientFolder(environment);
  try {
    return readdirSync(folder).some((name) => name.startsWith(NAME)) ? folder : null;
  } catch {
    return null;
  }
}

/** Rejects with a LongrunError if the client cannot be downloaded. */
export async function installJavaClient(
  interpreter: Interpreter,
  environment: EnvironmentVariables,
): Promise<void> {
  await makeCacheFolder(clientFolder(environment), async (made) => {
    const project = join(made, "pom.xml");
    writeFileSync(project, PROJECT);
    const downloaded = await runTool({
      file: MAVEN.command,
      arguments: ["-q", "-B", "-f", project, "dependency:copy-dependencies", `-DoutputDirectory=${made}`],
      folder: made,
      environment,
    });
    rmSync(project);
    // The native library of the client exists only for Linux.
    if (downloaded.ok && platform !== "linux") await makeHttpClient(interpreter, made, environment);
    if (downloaded.ok) return;
    throw notAvailable(
      `${NAME} could not be downloaded from Maven Central: ${downloaded.said.split("\n").slice(0, 2).join(" ")}`,
      { hint: "Can Maven Central be reached?" },
    );
  });
}

function clientFolder(environment: EnvironmentVariables): string {
  return join(cacheFolder(environment), "runtime-clients", "java");
}
