/** Java (docs/aws/runtime-logs.md#java). */
import { bareJavaLines, readJavaLine } from "./java-log.ts";
import type { HandlerParts, RuntimeFamily, StartFacts } from "./runtime-family.ts";

/**
 * Up to this release, Lambda switches tiered compilation off and also sets the credentials under their older names. Later releases compile
 * up to the first tier.
 */
const LAST_OLD = 11;
export const MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
/** Without this option the client could not use the log descriptor. */
const OPEN_DESCRIPTORS = "--add-opens=java.base/java.io=ALL-UNNAMED";
/** From release `since` on, Java writes a warning without this option. Some older releases refuse the option. */
const NATIVE_ACCESS = { option: "--enable-native-access=ALL-UNNAMED", since: 24 };

export const java = {
  name: "java",
  title: "Java",
  language: "java",
  versions: [
    { runtime: "java11", release: "11", state: "current" },
    { runtime: "java17", release: "17", state: "current" },
    { runtime: "java21", release: "21", state: "current" },
    { runtime: "java25", release: "25", state: "current" },
  ],
  log: {
    descriptor: "frames",
    read: readJavaLine,
    bareLines: bareJavaLines,
    foreignFrames: /\bat (?:java|jdk|sun)\.|java\.base\/|com\.amazonaws\.services\.lambda\./,
    shownBehind: ["text", "INFO"],
  },
  local: {
    client: "java",
    clientOfAws: "always",
    preferred: "java21",
    interpreter: () => "/var/lang/bin/java",
    launcher: null,
    installCommand: (release) =>
      `sdk list java names the full versions of Java ${release}, and sdk install java VERSION`,
    wrapper: true,
    commandLine,
    variables: ({ version, accessKeyId, secretAccessKey }) => ({
      changeable: {},
      reserved: {
        AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
        ...(Number(version.release) > LAST_OLD
          ? {}
          : { AWS_ACCESS_KEY: accessKeyId, AWS_SECRET_KEY: secretAccessKey }),
      },
    }),
    handler: {
      ofPackage: () => null,
      ofSource: (name) => name,
      example: "example.App::handle",
      cut: cutHandler,
    },
    package: {
      sourceEndings: [],
      compiled: [
        {
          title: "Java",
          ending: ".java",
          instead:
            "the jar or the folder of classes that javac, Maven or Gradle made, because these are only Java sources",
          compiler: null,
        },
      ],
      moduleFile: /\.class$/,
      containers: /^lib\/[^/]+\.jar$/,
      owns: (files) => files.some((file) => file.endsWith(".class") || /^lib\/[^/]+\.jar$/.test(file)),
      program: null,
    },
  },
} as const satisfies RuntimeFamily;

/**
 * Lambda's options: docs/aws/runtimes.md#jvm-options. The client looks for jars of layers only in /opt, so the jars of layers in other
 * folders are added to the class path.
 */
function commandLine({
  version,
  interpreter,
  interpreterVersion,
  clientFile,
  archive,
  layers,
  handler,
  memorySizeMb,
}: StartFacts): readonly string[] {
  const tiers =
    Number(version.release) <= LAST_OLD
      ? ["-XX:-TieredCompilation"]
      : ["-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"];
  return [
    interpreter,
    `-XX:MaxHeapSize=${Math.ceil(memorySizeMb * 1024 * 0.85)}k`,
    "-XX:+UseSerialGC",
    ...tiers,
    ...moduleOptions(interpreterVersion),
    ...(archive === null ? [] : [`-XX:SharedArchiveFile=${archive}`]),
    "-cp",
    [clientFile, ...layers.map((layer) => `${layer}/java/lib/*`)].join(":"),
    MAIN_CLASS,
    handler,
  ];
}

/** `interpreter` is the version of the Java on this machine; it may differ from the runtime's. */
export function moduleOptions(interpreter: string): readonly string[] {
  const warns = Number.parseInt(interpreter, 10) >= NATIVE_ACCESS.since;
  return warns ? [OPEN_DESCRIPTORS, NATIVE_ACCESS.option] : [OPEN_DESCRIPTORS];
}

/** The form is `package.Class::method` or `package.Class`. */
function cutHandler(handler: string): HandlerParts | null {
  const [, name] = /^([\w$]+(?:\.[\w$]+)*)(?:::[\w$]+)?$/.exec(handler) ?? [];
  if (name === undefined) return null;
  const file = `${name.replaceAll(".", "/")}.class`;
  return { files: [file], filesInWords: file, path: [] };
}
