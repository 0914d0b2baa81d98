/** Finds the Java of the runtime's version, else the nearest newer one, else the nearest older one. No Java is started for this. */
import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import { findRuntime } from "../../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { java } from "../../../catalogue/runtimes/java.ts";
import { filesOnPath, managed } from "../installations.ts";
import { namesIn } from "../names-in.ts";

/** A Java that is older than the runtime comes after every newer one, because it may be unable to load classes compiled for the runtime. */
const OLDER = 1_000;

/** Returns null if this machine has no Java. */
export function javaFor(runtime: string, environment: EnvironmentVariables): Interpreter | null {
  const wanted = Number(findRuntime(runtime)?.version.release);
  const distance = (one: Interpreter): number => {
    const newer = majorOf(one) - wanted;
    return newer >= 0 ? newer : OLDER - newer;
  };
  return installations(environment).sort((one, other) => distance(one) - distance(other))[0] ?? null;
}

/**
 * Returns the Lambda runtime for the version of the Java in JAVA_HOME, else of the `java` on the PATH. If there is no such Java, or if
 * Lambda has no runtime for its version, returns the runtime for the newest Java whose version has one. Null if there is none.
 */
export function javaRuntimeHere(environment: EnvironmentVariables): string | null {
  const found = installations(environment).map(majorOf);
  const [usual] = installationsIn(namedHomes(environment)).map(majorOf);
  const known = java.versions.map(({ release }) => Number(release));
  const chosen =
    known.find((major) => major === usual) ?? [...known].reverse().find((major) => found.includes(major));
  return java.versions.find(({ release }) => Number(release) === chosen)?.runtime ?? null;
}

function majorOf({ version }: Interpreter): number {
  return Number(version.split(".")[0]);
}

function installations(environment: EnvironmentVariables): Interpreter[] {
  return installationsIn([...namedHomes(environment), ...usualHomes(environment)]);
}

/** The homes that JAVA_HOME and the PATH name, in this order. */
function namedHomes(environment: EnvironmentVariables): readonly string[] {
  const onPath = filesOnPath("java", environment).map((file) => dirname(dirname(realpathSync(file))));
  const chosen = environment["JAVA_HOME"];
  return [...(chosen === undefined || chosen === "" ? [] : [chosen]), ...onPath];
}

function usualHomes(environment: EnvironmentVariables): readonly string[] {
  const ofSystem = namesIn("/usr/lib/jvm").map((name) => join("/usr/lib/jvm", name));
  return [...ofSystem, ...managed("java", environment)];
}

function installationsIn(homes: readonly string[]): Interpreter[] {
  return homes.flatMap((one) => installation(one) ?? []);
}

function installation(folder: string): Interpreter | null {
  try {
    const file = realpathSync(join(folder, "bin", "java"));
    const text = readFileSync(join(folder, "release"), "utf8");
    const version = /^JAVA_VERSION="([\d.]+)/m.exec(text)?.[1];
    return version === undefined ? null : { file, version, home: dirname(dirname(file)) };
  } catch {
    return null; // the folder has no Java
  }
}
