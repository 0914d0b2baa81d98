/** AWS's runtime client for Java with what it depends on, brought from Maven Central into a cache by Maven. The jars fit every Java. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LongrunError } from "../../../domain/errors.ts";
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { runTool } from "../run-tool.ts";

const NAME = "aws-lambda-java-runtime-interface-client";
const VERSION = "2.10.1";

/** Names the client for Maven, which finds its dependencies. */
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

/** The folder with the jars; null if they were not brought. */
export function javaClient(environment: EnvironmentVariables): string | null {
  const folder = clientFolder(environment);
  try {
    return readdirSync(folder).some((name) => name.startsWith(NAME)) ? folder : null;
  } catch {
    return null;
  }
}

export async function installJavaClient(environment: EnvironmentVariables): Promise<void> {
  const folder = clientFolder(environment);
  const made = `${folder}.new-${process.pid}`;
  mkdirSync(made, { recursive: true });
  const project = join(made, "pom.xml");
  writeFileSync(project, PROJECT);
  const brought = await runTool({
    file: "mvn",
    arguments: ["-q", "-B", "-f", project, "dependency:copy-dependencies", `-DoutputDirectory=${made}/jars`],
    folder: made,
    environment,
  });
  try {
    if (!brought.ok)
      throw new LongrunError(
        "unavailable",
        `${NAME} could not be brought from Maven Central: ${brought.said.split("\n").slice(0, 2).join(" ")}`,
        { hint: "Is Maven (mvn) on the PATH, and Maven Central in reach?" },
      );
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(join(made, "jars"), folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function clientFolder(environment: EnvironmentVariables): string {
  return join(cacheFolder(environment), "runtime-clients", "java");
}
