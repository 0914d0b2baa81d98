/**
 * Records every answer that a verification gets, redacted. An answer of Lambda or CloudWatch Logs is recorded as a whole, with the input of
 * its request. An answer of another service can list resources outside of the deployment, so only its status, the names of its members and
 * its error are recorded.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { parseJson } from "../../../../harness/src/base/json-object.ts";
import type { Answer, AwsRequests } from "../../aws-request.ts";
import { AnswerRedactor, RECORDED_NAME } from "./answer-redactor.ts";
import type { RecordedAnswer, RecordingHead } from "./recording.ts";

interface RecorderOptions extends Omit<RecordingHead, "recording"> {
  /** The path of the recording. The file is created when the first answer is recorded. */
  readonly file: string;
  readonly name: string;
  readonly region: string;
}

/** An SDK client, as far as a recorder needs it. */
interface RecordedClient {
  readonly middlewareStack: {
    add(
      middleware: never,
      options: { readonly step: "deserialize"; readonly priority: "low"; readonly name: string },
    ): void;
  };
}

interface WireArguments {
  readonly input: object;
}

interface WireResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body: Readable;
}

export class AnswerRecorder {
  readonly #file: string;
  readonly #redactor: AnswerRedactor;
  readonly #start = performance.now();
  #begun = false;
  readonly #head: RecordingHead;

  constructor({ file, name, region, ...head }: RecorderOptions) {
    this.#file = file;
    this.#head = { recording: 1, ...head };
    this.#redactor = new AnswerRedactor({ [name]: RECORDED_NAME, [region]: "<region>" });
  }

  /** Records every answer that the client of `service` gets, also refusals, but no answer that was cut off. */
  record(service: "lambda" | "logs", client: RecordedClient): void {
    const middleware =
      (
        next: (args: WireArguments) => Promise<{ readonly response: unknown }>,
        context: { readonly commandName?: string },
      ) =>
      async (args: WireArguments): Promise<{ readonly response: unknown }> => {
        const from = this.#now();
        const result = await next(args);
        const response = result.response as WireResponse;
        const bytes = await buffer(response.body);
        response.body = Readable.from([bytes]);
        this.#write({
          from,
          service,
          operation: (context.commandName ?? "").replace(/Command$/, ""),
          input: args.input,
          status: response.statusCode,
          headers: response.headers,
          body: bodyOf(bytes.toString("utf8")),
        });
        return result;
      };
    client.middlewareStack.add(middleware as never, {
      step: "deserialize",
      priority: "low",
      name: "recorder",
    });
  }

  /** Records the answers of other services. */
  requests(requests: AwsRequests): AwsRequests {
    const recorded = async (
      service: string,
      operation: string,
      answer: () => Promise<Answer>,
    ): Promise<Answer> => {
      const from = this.#now();
      const answered = await answer();
      const { status, text } = answered;
      const body = {
        members: membersOf(text),
        ...(answered.ok ? {} : { error: answered.type, message: answered.message }),
      };
      this.#write({ from, service, operation, input: {}, status, headers: {}, body });
      return answered;
    };
    return {
      json: (service, action, body) => recorded(service, action, () => requests.json(service, action, body)),
      query: (service, action, parameters) =>
        recorded(service, action, () => requests.query(service, action, parameters)),
      s3: (method, path, body) => recorded("s3", method, () => requests.s3(method, path, body)),
    };
  }

  #write(answer: Omit<RecordedAnswer, "to" | "input"> & { readonly input: object }): void {
    if (!this.#begun) {
      mkdirSync(dirname(this.#file), { recursive: true });
      appendFileSync(this.#file, `${JSON.stringify(this.#head)}\n`);
    }
    this.#begun = true;
    const { from, ...rest } = answer;
    const line = { from, to: this.#now(), ...(this.#redactor.value(rest) as object) };
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  #now(): number {
    return Math.round(performance.now() - this.#start);
  }
}

function bodyOf(text: string): unknown {
  if (text === "") return null;
  const value = parseJson(text);
  return value === undefined ? text : value;
}

/** All members of a JSON text or elements of an XML text, each once, in alphabetical order. */
function membersOf(text: string): readonly string[] {
  const names = text.trimStart().startsWith("<")
    ? [...text.matchAll(/<([A-Za-z][\w.]*)/g)].map(([, name = ""]) => name)
    : [...text.matchAll(/"([A-Za-z][\w.]*)"\s*:/g)].map(([, name = ""]) => name);
  return [...new Set(names)].sort();
}
