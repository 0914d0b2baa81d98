/** The APIs inside an environment: Runtime API, Extensions API and Telemetry API. Each case is one request to a new boot. */
import { expect } from "chai";
import { ApiServer, type ServedBoot } from "../../src/engine/environment-api/api-server.ts";
import { ExtensionSession } from "../../src/engine/environment-api/extensions-api/extension-session.ts";
import { RuntimeSession } from "../../src/engine/environment-api/runtime-api/runtime-session.ts";
import { TelemetryHub } from "../../src/engine/environment-api/telemetry-api/telemetry-hub.ts";
import { checkAnswer } from "./support/http-answer.ts";
import { fuzz } from "./support/fuzz.ts";
import { exchange, requestText, wireRequest } from "./support/http-request.ts";

const ID = "8f3b2c1d-0000-4000-8000-000000000001";
/** A placeholder for the identifier of the case's extension. */
const EXTENSION = "EXTENSION-ID";
const RUNTIME = "/2018-06-01/runtime";
const EXTENSIONS = "/2020-01-01/extension";
const identified = { "lambda-extension-identifier": EXTENSION };
const subscription = (destination: unknown): string =>
  requestText(
    "PUT /2022-07-01/telemetry",
    {
      schemaVersion: "2022-12-13",
      types: ["platform", "function", "extension"],
      buffering: { maxItems: 1000, maxBytes: 262144, timeoutMs: 25 },
      destination,
    },
    identified,
  );
const ERROR = { errorType: "Error", errorMessage: "no", stackTrace: ["a", "b"] };

const SAMPLES = [
  requestText(`GET ${RUNTIME}/invocation/next`),
  requestText(
    `POST ${RUNTIME}/invocation/${ID}/response`,
    { ok: [1] },
    { "content-type": "application/json" },
  ),
  requestText(
    `POST ${RUNTIME}/invocation/${ID}/response`,
    "5\r\nhello\r\n0\r\nLambda-Runtime-Function-Error-Body: eyJhIjoxfQ==\r\n\r\n",
    {
      "transfer-encoding": "chunked",
      "lambda-runtime-function-response-mode": "streaming",
      trailer: "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body",
    },
  ),
  requestText(`POST ${RUNTIME}/invocation/${ID}/error`, ERROR, {
    "lambda-runtime-function-error-type": "Function.X",
  }),
  requestText(`POST ${RUNTIME}/init/error`, ERROR, {
    "lambda-runtime-function-error-type": "Runtime.ImportModuleError",
  }),
  requestText("GET /2018-06-01/ping"),
  requestText(
    `POST ${EXTENSIONS}/register`,
    { events: ["INVOKE", "SHUTDOWN"] },
    {
      "lambda-extension-name": "agent",
      "lambda-extension-accept-feature": "accountId",
    },
  ),
  requestText(`GET ${EXTENSIONS}/event/next`, "", identified),
  requestText(`POST ${EXTENSIONS}/init/error`, ERROR, {
    ...identified,
    "lambda-extension-function-error-type": "Extension.X",
  }),
  requestText(`POST ${EXTENSIONS}/exit/error`, ERROR, {
    ...identified,
    "lambda-extension-function-error-type": "Extension.X",
  }),
  subscription({ protocol: "HTTP", URI: "http://sandbox.localdomain:8080/a?b=c" }),
  subscription({ protocol: "TCP", port: 8081 }),
];

interface Boot extends ServedBoot {
  readonly extensionId: string;
}

/** A boot with one registered extension. If `running` is true, its runtime works on an invocation. */
function bootWith(running: boolean): Boot {
  const event = { requestId: ID, payload: Buffer.from("{}"), headers: [], sink: null };
  const runtime: RuntimeSession = new RuntimeSession(
    {
      runtimeReady: () => runtime.deliver(event),
      runtimeAnswered: () => undefined,
      runtimeFailedInit: () => undefined,
    },
    () => performance.now(),
  );
  const extensions: ExtensionSession = new ExtensionSession(
    [],
    {
      extensionRegistered: () => undefined,
      extensionReady: () => extensions.deliver("INVOKE", { eventType: "INVOKE" }),
      extensionFailed: () => undefined,
    },
    { accountId: "123456789012", functionName: "f", functionVersion: "$LATEST", handler: "index.handler" },
  );
  const registered = extensions.registry.register("probe", ["INVOKE"]);
  if ("errorType" in registered) throw new Error(registered.errorMessage);
  const telemetry = new TelemetryHub({
    address: "127.0.0.1",
    jsonLogs: false,
    monotonic: () => performance.now(),
    report: () => undefined,
  });
  const boot = { runtime, extensions, telemetry, extensionId: registered.id };
  return running ? { ...boot, runtime: workingOn(runtime) } : boot;
}

/** Asks for the event as a runtime does. The response object is closed already, so nothing is sent. */
function workingOn(runtime: RuntimeSession): RuntimeSession {
  const nowhere = { destroyed: true } as Parameters<RuntimeSession["waitForEvent"]>[0];
  if (!runtime.moveOrRefuse("Ready", nowhere)) throw new Error("a new runtime may ask for its event");
  runtime.waitForEvent(nowhere);
  return runtime;
}

const ALIVE = wireRequest(Buffer.from(requestText("GET /2018-06-01/ping")), { host: "127.0.0.1" });

fuzz("environment-api", {
  samples: SAMPLES,
  async start() {
    let boot = bootWith(false);
    const server = await ApiServer.open(() => boot);
    const [host = "", port] = server.address.split(":");
    const place = { host, port: Number(port) };
    return {
      async check({ bytes }) {
        boot = bootWith(
          /(?:response|error)\n/.test(Buffer.from(bytes).toString("latin1")) === bytes.length % 4 > 0,
        );
        const text = Buffer.from(bytes).toString("latin1").replaceAll(EXTENSION, boot.extensionId);
        const request = wireRequest(Buffer.from(text, "latin1"), { host: server.address });
        checkAnswer(await exchange(place, request), request);
        boot.telemetry.endBoot();
        expect((await exchange(place, ALIVE)).body).to.equal("pong");
      },
      close: () => server.close(),
    };
  },
});
