/** A function for the runtime `provided` that needs no compiler: its bootstrap runs on the Node that runs the test. */
import { execPath } from "node:process";

/**
 * A minimal custom runtime. It answers each event with some of the runtime's own environment variables, the length of its process.argv and
 * the path of its file. If the event has `fail`, it reports an error instead.
 */
export const CUSTOM_RUNTIME = `#!${execPath}
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
const names = ["_HANDLER", "AWS_EXECUTION_ENV", "LAMBDA_TASK_ROOT", "_LAMBDA_TELEMETRY_LOG_FD", "PATH"];
(async () => {
  console.log("init");
  for (;;) {
    const next = await fetch(api + "next");
    const event = await next.json();
    const url = api + next.headers.get("lambda-runtime-aws-request-id");
    const seen = Object.fromEntries(names.map((name) => [name, process.env[name] ?? null]));
    if (event.fail) {
      console.log(JSON.stringify({ errorMessage: "no", errorType: "errorString" }));
      await fetch(url + "/error", { method: "POST", body: '{"errorMessage":"no","errorType":"errorString"}' });
    } else await fetch(url + "/response", { method: "POST", body: JSON.stringify({ ...seen, argv: process.argv.length, file: process.argv[1] }) });
  }
})();
`;
export const CUSTOM = { runtime: "provided.al2023", handler: "anything" } as const;
