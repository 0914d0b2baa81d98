/** Writes the list of the classes that AWS's client for Java loads for an invocation. */
import { createServer } from "node:http";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import { MAIN_CLASS, moduleOptions } from "../../../catalogue/runtimes/java.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { runTool } from "../run-tool.ts";

/** The client gets two events, so that it also loads the classes for an answer. The third request fails, and the client ends. */
const EVENTS = 2;
/** A handler in a class that every Java has. */
const HANDLER = "java.util.HashMap::get";

/** Runs the client with a Runtime API of our own, and lets Java write the names of the loaded classes into the file `list`. */
export async function listClasses(
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
