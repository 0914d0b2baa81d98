/** Checks an answer of an HTTP server: the server has not failed, and a refusal has a body that names the problem. */
import { expect } from "chai";
import { namesProblem } from "./names-problem.ts";
import type { HttpAnswer, WireRequest } from "./http-request.ts";

/** The members in which AWS's services and the APIs inside an environment have their message. */
const MESSAGES = ["message", "Message", "errorMessage"] as const;

export function checkAnswer(
  { status, headers, body }: HttpAnswer,
  { bytes, mayBeIncomplete }: WireRequest,
): void {
  if (status === 0 && mayBeIncomplete) return;
  expect(status, body).to.be.within(200, 499);
  if (status < 400) return;
  // If the request is not HTTP, Node itself answers, without a body.
  if (!headers.has("content-type")) {
    expect([400, 408, 413, 417, 431], body).to.include(status);
    return;
  }
  const sent = JSON.parse(body) as Readonly<Record<string, unknown>>;
  const message = MESSAGES.map((name) => sent[name]).find((one) => typeof one === "string" && one !== "");
  if (typeof message !== "string")
    throw new Error(`an answer ${status} without a message: ${body.slice(0, 500)}`);
  namesProblem(message, bytes.toString("latin1"));
}
