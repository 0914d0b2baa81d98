/**
 * Makes AWS's client for Java run on systems for which it has no native library (macOS). Its class NativeClient is replaced by a class that
 * uses Java's own HTTP client and is compiled on the user's machine.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { notAvailable } from "../../../base/errors.ts";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { makeCacheFolder } from "../make-cache-folder.ts";
import { runTool } from "../run-tool.ts";
import { HTTP_JAR, jarsIn } from "./jars-in.ts";

const PACKAGE = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi";

/** The class, with the methods that AWS's client calls. There is no time limit, because a frozen process may wait for any length of time. */
const SOURCE = `package ${PACKAGE};

import ${PACKAGE}.dto.InvocationRequest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;

class NativeClient {
  private static final String BASE =
      "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";

  static void init(String userAgent) {}

  private static HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) new URL(BASE + path).openConnection(Proxy.NO_PROXY);
  }

  static InvocationRequest next() {
    try {
      HttpURLConnection connection = open("next");
      if (connection.getResponseCode() != 200)
        throw new LambdaRuntimeClientException("Failed to get next.", connection.getResponseCode());
      InvocationRequest request = new InvocationRequest();
      request.setId(connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"));
      request.setXrayTraceId(connection.getHeaderField("Lambda-Runtime-Trace-Id"));
      request.setInvokedFunctionArn(connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
      request.setDeadlineTimeInMs(connection.getHeaderFieldLong("Lambda-Runtime-Deadline-Ms", 0));
      request.setClientContext(connection.getHeaderField("Lambda-Runtime-Client-Context"));
      request.setCognitoIdentity(connection.getHeaderField("Lambda-Runtime-Cognito-Identity"));
      request.setTenantId(connection.getHeaderField("Lambda-Runtime-Aws-Tenant-Id"));
      request.setContent(connection.getInputStream().readAllBytes());
      return request;
    } catch (IOException error) {
      throw new LambdaRuntimeClientException("Failed to get next: " + error.getMessage(), -1);
    }
  }

  static void postInvocationResponse(byte[] id, byte[] response) {
    try {
      HttpURLConnection connection = open(new String(id, StandardCharsets.UTF_8) + "/response");
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setFixedLengthStreamingMode(response.length);
      connection.getOutputStream().write(response);
      int status = connection.getResponseCode();
      (status < 400 ? connection.getInputStream() : connection.getErrorStream()).readAllBytes();
      if (status != 202 && status != 413)
        throw new LambdaRuntimeClientException("Failed to post invocation response.", status);
    } catch (IOException error) {
      throw new LambdaRuntimeClientException("Failed to post invocation response: " + error.getMessage(), -1);
    }
  }
}
`;

/** `client`: the folder with AWS's jars. Rejects with a LongrunError if this Java cannot compile. */
export async function makeHttpClient(
  { home, version }: Interpreter,
  client: string,
  environment: EnvironmentVariables,
): Promise<void> {
  const jar = join(client, HTTP_JAR);
  const tool = (name: string): string => (home === null ? name : join(home, "bin", name));
  await makeCacheFolder(dirname(jar), async (made) => {
    const source = join(made, "NativeClient.java");
    const classes = join(made, "classes");
    mkdirSync(classes);
    writeFileSync(source, SOURCE);
    const classPath = jarsIn(client).join(":");
    const steps = [
      {
        file: tool("javac"),
        arguments: ["--release", "11", "-nowarn", "-cp", classPath, "-d", classes, source],
      },
      { file: tool("jar"), arguments: ["cf", join(made, "native-client.jar"), "-C", classes, "."] },
    ];
    for (const step of steps) {
      const ran = await runTool({ ...step, folder: made, environment });
      if (ran.ok) continue;
      throw notAvailable(
        `AWS's client for Java has no library for this system, and a replacement could not be compiled with Java ${version}: ${ran.said.split("\n").slice(0, 2).join(" ")}`,
        { hint: "A JDK is needed, with javac and jar." },
      );
    }
  });
}
