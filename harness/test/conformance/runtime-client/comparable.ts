/**
 * Makes the runs of two clients comparable. Removes the times, and these differences between our client and AWS's:
 * - our client also sends the type of an invocation error in a header;
 * - our client ends a JSON log line with a newline;
 * - the stack frames, and Node's list "Require stack" of a module that was not found;
 * - the whole stack, if Node cannot parse the function's source;
 * - the sentence about callback handlers, which has other words in version 4 of AWS's client.
 */
import type { ClientLife } from "./client-run.ts";

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const UNPARSED = "Runtime.UserCodeSyntaxError";
const OWN_WORDS = "Runtime.CallbackHandlerDeprecated";

export function comparable({ asked, logged, exitCode }: ClientLife): object {
  return {
    asked: asked.map(({ call, headers, body }) => ({
      call,
      headers: call.endsWith("/error") && !call.includes("/init/") ? contentType(headers) : headers,
      body: failure(body),
    })),
    logged: logged.map((message) => line(message)),
    exitCode,
  };
}

function contentType(headers: Readonly<Record<string, string>>): object {
  return { "content-type": headers["content-type"] };
}

function failure(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("trace" in body) || !Array.isArray(body.trace))
    return body;
  const { errorType, errorMessage, trace } = body as {
    errorType: string;
    errorMessage: string;
    trace: string[];
  };
  if (errorType === OWN_WORDS) return { errorType };
  return {
    errorType,
    errorMessage: errorMessage.replace(/\nRequire stack:[^]*/, ""),
    trace: errorType === UNPARSED ? [] : trace.slice(0, 1),
  };
}

function line(message: string): string {
  if (message.includes(OWN_WORDS)) return OWN_WORDS;
  const text = message
    .replace(TIME, "TIME")
    .replace(/\n$/, "")
    .replaceAll(/\\nRequire stack:(?:\\n- [^"\\]*)*/g, "")
    .replaceAll(/,"(?:Require stack:|- [^"]*)"/g, "")
    .replaceAll(/(?:\\n|\n) {4}at [^\n"]*?(?=\\n|\n|"|$)/g, "")
    .replaceAll(/,"    at [^"]*"/g, "");
  return text.includes(UNPARSED) ? text.replace(/"stack":\[[^]*$/, "") : text;
}
