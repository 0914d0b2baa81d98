/**
 * Registers an internal extension, because Lambda sends SIGTERM only if an extension is registered (docs/aws/lifecycle.md#shutdown). An
 * extension that registers with an empty list of events is enough. Even then, the Init phase and every invocation end only when the
 * extension calls `/event/next`, so it always calls it again. This file uses node:http, because fetch would end a request that stays open
 * while the environment is frozen.
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { limitWait } from "./limit-wait.ts";

const BASE = "/2020-01-01/extension";
const RETRY_MS = 1_000;
/** The API is on the same machine and answers immediately; a registration without an answer must not use up the Init phase. */
const REGISTER_LIMIT_MS = 2_000;

/** Never throws. Without the extension the function works but gets no SIGTERM; a line in the log says so. */
export async function registerInternalExtension(runtimeApi: string | null, name: string): Promise<void> {
  if (runtimeApi === null) {
    warn(`no AWS_LAMBDA_RUNTIME_API: ${name} runs outside of Lambda and registers no extension`);
    return;
  }
  try {
    const answer = await call(runtimeApi, {
      method: "POST",
      path: `${BASE}/register`,
      headers: { "Lambda-Extension-Name": name, "Content-Type": "application/json" },
      body: JSON.stringify({ events: [] }),
      limitMs: REGISTER_LIMIT_MS,
    });
    const identifier = answer.headers["lambda-extension-identifier"];
    if (answer.statusCode !== 200 || typeof identifier !== "string") {
      warn(`the extension ${name} was not registered: status ${answer.statusCode ?? "none"}`);
      return;
    }
    void askForEvents(runtimeApi, identifier);
  } catch (error) {
    warn(`the extension ${name} was not registered: ${String(error)}`);
  }
}

async function askForEvents(runtimeApi: string, identifier: string): Promise<void> {
  for (;;) {
    try {
      const headers = { "Lambda-Extension-Identifier": identifier };
      const answer = await call(runtimeApi, {
        method: "GET",
        path: `${BASE}/event/next`,
        headers,
        body: null,
        limitMs: null,
      });
      if (answer.statusCode !== 200) {
        warn(`the extension gets no more events: status ${answer.statusCode ?? "none"}`);
        return;
      }
    } catch {
      // The Runtime API has ended (the environment is ending) or broke the connection. All that can be done is to ask again.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
  }
}

function warn(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

interface ExtensionCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** If null, the call waits without limit, also while the environment is frozen. */
  readonly limitMs: number | null;
}

function call(
  runtimeApi: string,
  { method, path, headers, body, limitMs }: ExtensionCall,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `http://${runtimeApi}${path}`,
      { method, headers, agent: false },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer));
        answer.once("error", reject);
      },
    );
    request.once("error", reject);
    if (limitMs !== null) {
      const endLimit = limitWait(limitMs, () => request.destroy(new Error(`no answer within ${limitMs} ms`)));
      request.once("close", endLimit);
    }
    request.end(body ?? undefined);
  });
}
