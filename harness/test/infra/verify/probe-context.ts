/** A context for probes. Its clients return the answers that a test gives, instead of AWS's answers. */
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { Answer } from "../../../../scripts/infra/aws-request.ts";
import type { ProbeContext } from "../../../../scripts/infra/verify/probe.ts";

/** The answers by the name of the command without `Command`, such as `Invoke`. */
type Answers = Readonly<Record<string, (input: never) => object>>;
/** Returns the JSON of an answer, `{ xml }` for XML, or the name of an error. */
export type Ask = (
  service: string,
  action: string,
  body: Readonly<Record<string, unknown>>,
) => object | string;

export function probeContext({
  answers = {},
  ask = () => "AccessDeniedException",
  ...more
}: Partial<Omit<ProbeContext, "lambda" | "logs" | "requests">> & {
  readonly answers?: Answers;
  readonly ask?: Ask;
}): ProbeContext {
  const stubbed = <Client extends object>(client: Client): Client =>
    Object.assign(client, {
      send: (command: { readonly input: never }) => {
        const name = command.constructor.name.replace(/Command$/, "");
        const answer = answers[name];
        return answer === undefined
          ? Promise.reject(new Error(`the test has no answer to ${name}`))
          : Promise.resolve().then(() => answer(command.input));
      },
    });
  const region = "eu-central-1";
  return {
    lambda: stubbed(new LambdaClient({ region })),
    logs: stubbed(new CloudWatchLogsClient({ region })),
    requests: {
      json: (service, action, body) =>
        Promise.resolve(answerOf(ask(service, action, body as Record<string, unknown>))),
      query: (service, action, parameters) => Promise.resolve(answerOf(ask(service, action, parameters))),
      s3: (method, path, body) => Promise.resolve(answerOf(ask("s3", method, { path, body }))),
    },
    name: "lrv-1",
    region,
    running: null,
    functionName: "lrv-1-probe",
    logGroup: "/aws/lambda/lrv-1-probe",
    kmsKeyArn: null,
    folder: "/nowhere",
    tool: null,
    signal: new AbortController().signal,
    ...more,
  };
}

function answerOf(given: object | string): Answer {
  const ok = typeof given !== "string";
  const text = ok && "xml" in given ? String(given.xml) : JSON.stringify(given);
  return {
    ok,
    status: ok ? 200 : 400,
    text,
    type: ok ? null : given,
    message: ok ? "" : given,
    read: (schema) => schema.parse(given),
  };
}
