/**
 * The program of the process that applies `--success` to payloads. It answers each payload with the reason why it is no success, or null.
 * A thread evaluates the expression, so that the process still notices that its parent has ended.
 */
import process from "node:process";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import jsonata from "jsonata";
import { jsonOf } from "../../base/json-object.ts";
import { messageOf } from "./jsonata-message.ts";

const text = process.argv[2] ?? "";

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url), { argv: [text] });
  thread.on("message", (why) => process.send?.(why));
  process.on("message", (payload) => thread.postMessage(payload));
  process.on("disconnect", () => process.exit());
} else {
  const expression = jsonata(text);
  parentPort?.on("message", (payload: unknown) => {
    void whyNoSuccess(expression, payload).then((why) => parentPort?.postMessage(why));
  });
}

async function whyNoSuccess(expression: jsonata.Expression, payload: unknown): Promise<string | null> {
  try {
    const value: unknown = await expression.evaluate(payload);
    if (value === true) return null;
    return `${text} is ${value === undefined ? "nothing" : (jsonOf(value) ?? "nested too deeply")}`;
  } catch (error) {
    return messageOf(error);
  }
}
