/**
 * `--success`: a JSONata expression on the payload of an answer. A function decides what its answer is, and an answer can make an expression
 * run for ever or fill the memory. So another process evaluates it, with a budget of time and memory, and is ended if it exceeds the budget.
 */
import { fork, type ChildProcess } from "node:child_process";
import jsonata from "jsonata";
import { successProcess } from "../../adapters/node/assets.ts";
import { messageOf } from "./jsonata-message.ts";

export type SuccessExpression =
  | {
      readonly ok: true;
      whyNoSuccess(payload: unknown): Promise<string | null>;
    }
  | { readonly ok: false; readonly expected: string };

/** Far more than an expression needs, because the machine can be busy. */
const BUDGET_MS = 10_000;
const MEMORY_MIB = 256;

export function successExpression(text: string, budgetMs = BUDGET_MS): SuccessExpression {
  try {
    jsonata(text);
  } catch (error) {
    return { ok: false, expected: `a JSONata expression such as 'ok = true': ${messageOf(error)}` };
  }
  let child: ChildProcess | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const evaluate = async (payload: unknown): Promise<string | null> => {
    const one = child?.connected === true ? child : startProcess(text);
    child = one;
    const why = await new Promise<string | null>((resolve) => {
      const end = (reason: string): void => {
        child = null;
        one.kill("SIGKILL");
        done(`${text} ${reason}`);
      };
      const late = (): void => end(`was not evaluated within ${budgetMs / 1_000} s`);
      const exited = (): void => end("ended its process, for example because it needs too much memory");
      const failed = (error: Error): void => end(`cannot be evaluated: ${error.message}`);
      const timer = setTimeout(late, budgetMs);
      const done = (answer: unknown): void => {
        clearTimeout(timer);
        one.off("message", done).off("exit", exited).off("error", failed);
        resolve(answer as string | null);
      };
      one.on("message", done).on("exit", exited).on("error", failed);
      one.send(payload as object);
    });
    return why === null ? null : `the answer fails --success: ${why}`;
  };
  return {
    ok: true,
    // One payload after the other, so that each has the whole budget.
    whyNoSuccess: (payload) => {
      const why = turn.then(() => evaluate(payload));
      turn = why;
      return why;
    },
  };
}

function startProcess(text: string): ChildProcess {
  const child = fork(successProcess(), [text], {
    execArgv: [`--max-old-space-size=${MEMORY_MIB}`],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // An error without a listener would end this process.
  child.on("error", () => undefined);
  // The time-out of an evaluation keeps this process alive; an evaluating process without work does not.
  child.unref();
  child.channel?.unref();
  return child;
}
