/**
 * Makes a jar, once for each Java, with a class that makes a process wait until its environment is needed. The class is a subclass of the
 * main class of AWS's runtime client. Its static block runs before the inherited `main`, so that no stack trace shows the block. The block
 * loads the client's classes, then waits on descriptor 4 and closes it.
 *
 * A class that is loaded but not initialised runs no code. The block initialises only these classes: Jackson's ObjectMapper, which takes
 * most of the client's time, and the classes that the client initialises before it loads the function's class.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";
import { LongrunError } from "../../../domain/errors.ts";
import type { Interpreter } from "../../../runtimes/interpreter.ts";
import { makeCacheFolder } from "../make-cache-folder.ts";
import { runTool } from "../run-tool.ts";
import { jarsIn } from "./jars-in.ts";
import { listClasses } from "./list-classes.ts";

const JAR = "parked.jar";

const SOURCE = `package longrun;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

public class Parked extends AWSLambda {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final String[] INITIALISED = {
    CLIENT + "LambdaEnvironment",
    CLIENT + "logging.LambdaContextLogger",
    CLIENT + "logging.FramedTelemetryLogSink",
    CLIENT + "runtimeapi.NativeClient",
    CLIENT + "util.LambdaOutputStream",
    CLIENT + "util.UnsafeUtil",
    CLIENT + "CustomerClassLoader",
    CLIENT + "HandlerInfo",
    "com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory",
  };

  static {
    try {
      try (BufferedReader names =
          new BufferedReader(
              new InputStreamReader(Parked.class.getResourceAsStream("classes"), StandardCharsets.UTF_8))) {
        for (String name = names.readLine(); name != null; name = names.readLine()) load(name, false);
      }
      for (String name : INITIALISED) load(name, true);
      FileDescriptor descriptor = new FileDescriptor();
      Field number = FileDescriptor.class.getDeclaredField("fd");
      number.setAccessible(true);
      number.setInt(descriptor, 4);
      try (FileInputStream input = new FileInputStream(descriptor)) {
        // The end of the input means that the engine has ended.
        if (input.read() == -1) Runtime.getRuntime().halt(0);
      }
    } catch (Exception error) {
      throw new ExceptionInInitializerError(error);
    }
  }

  private static void load(String name, boolean initialise) {
    try {
      Class.forName(name, initialise, Parked.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError notHere) {
      // The client's own code will meet the same error, if it needs this class.
    }
  }
}
`;

/** Returns null if there is no jar for this Java. `client` is the folder with the client's jars. */
export function parkedJar(interpreter: Interpreter, client: string): string | null {
  const jar = join(jarFolder(interpreter, client), JAR);
  return existsSync(jar) ? jar : null;
}

/** Rejects with a LongrunError if this Java cannot compile. */
export async function makeParkedJar(
  interpreter: Interpreter,
  client: string,
  environment: EnvironmentVariables,
): Promise<void> {
  const { home, version } = interpreter;
  const tool = (name: string): string => (home === null ? name : join(home, "bin", name));
  const classPath = ["-cp", jarsIn(client).join(":")];
  await makeCacheFolder(jarFolder(interpreter, client), async (made) => {
    const [source, list, classes] = ["Parked.java", "list", "classes"].map((name) => join(made, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(classes);
    writeFileSync(source, SOURCE);
    const run = async (name: string, more: readonly string[]): Promise<void> => {
      const ran = await runTool({ file: tool(name), arguments: [...more], folder: made, environment });
      if (ran.ok) return;
      throw new LongrunError(
        "unavailable",
        `With Java ${version}, no process can wait with the client loaded, because ${name} failed: ${ran.said.split("\n").slice(0, 2).join(" ")}`,
        { hint: "A JDK is needed, with javac and jar. Without it the cold starts of functions take longer." },
      );
    };
    await run("javac", ["--release", "11", "-nowarn", ...classPath, "-d", classes, source]);
    await listClasses(interpreter, list, classPath, environment);
    writeFileSync(join(classes, "longrun", "classes"), classNames(readFileSync(list, "utf8")));
    await run("jar", ["cf", join(made, JAR), "-C", classes, "."]);
    for (const left of [source, list, classes]) rmSync(left, { recursive: true });
  });
}

/** Returns the names in Java's list of classes. The list also has lines about generated classes, which are left out. */
function classNames(list: string): string {
  return list
    .split("\n")
    .filter((line) => /^[\w$]+(?:\/[\w$-]+)*(?: id: \d+)?$/.test(line))
    .map((line) => `${(line.split(" ")[0] ?? "").replaceAll("/", ".")}\n`)
    .join("");
}

/** The folder's name changes with SOURCE, so that a jar made from an older SOURCE is not used. */
function jarFolder({ file, version }: Interpreter, client: string): string {
  const hash = createHash("sha256").update(file).update(SOURCE).digest("hex").slice(0, 8);
  return join(client, `parked-${version}-${hash}`);
}
