/** The runtime client of one boot: its protocol state, its waiting request for the next event, and the invocation that it works on. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { invariant } from "../../../base/invariant.ts";
import type { ResponseSink } from "../../fleet-contract.ts";
import { allowsRuntimeMove, refusalText, type RuntimeState } from "../runtime-state.ts";
import { accept, header, type HeaderList, refuse, reply } from "./reply.ts";

export interface RuntimeAnswer {
  readonly payload: Buffer;
  readonly contentType: string;
  /** How many bytes were already sent to the caller. */
  readonly streamedBytes: number;
  readonly functionError: boolean;
  /** When the head of the response arrived, by the monotonic clock. */
  readonly headAt: number;
}

export interface RuntimeListener {
  runtimeReady(): void;
  runtimeAnswered(answer: RuntimeAnswer): void;
  runtimeFailedInit(payload: Buffer, errorType: string): void;
}

export interface RuntimeEvent {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly headers: HeaderList;
  /** Where chunks of the response go. Null if the complete response is collected before it is sent to the caller. */
  readonly sink: ResponseSink | null;
}

export class RuntimeSession {
  readonly listener: RuntimeListener;
  readonly monotonic: () => number;
  #current: RuntimeState = "Started";
  #waiting: ServerResponse | null = null;
  #requestId: string | null = null;
  #responseSink: ResponseSink | null = null;

  constructor(listener: RuntimeListener, monotonic: () => number) {
    this.listener = listener;
    this.monotonic = monotonic;
  }

  get state(): RuntimeState {
    return this.#current;
  }

  get sink(): ResponseSink | null {
    return this.#responseSink;
  }

  /** Changes the state, or answers the request with AWS's refusal and returns false. */
  moveOrRefuse(to: RuntimeState, response: ServerResponse): boolean {
    if (!allowsRuntimeMove(this.#current, to)) {
      refuse(response, 403, "InvalidStateTransition", refusalText(this.#current, to));
      return false;
    }
    this.#current = to;
    return true;
  }

  /** To be called when an answer begins to arrive. Refuses it and returns false if the runtime does not work on this invocation. */
  beginAnswerOrRefuse(
    requestId: string,
    to: "InvocationResponse" | "InvocationErrorResponse",
    response: ServerResponse,
  ): boolean {
    if (this.#requestId === null || this.#requestId === requestId) return this.moveOrRefuse(to, response);
    refuse(response, 400, "InvalidRequestID", "Invalid request ID");
    return false;
  }

  waitForEvent(response: ServerResponse): void {
    this.#waiting = response;
    this.listener.runtimeReady();
  }

  deliver(event: RuntimeEvent): void {
    invariant(
      this.#current === "Ready" && this.#waiting !== null,
      "a runtime has asked for the event that is delivered to it",
    );
    this.#current = "Running";
    this.#requestId = event.requestId;
    this.#responseSink = event.sink;
    const waiting = this.#waiting;
    this.#waiting = null;
    reply(waiting, 200, event.payload, event.headers);
  }

  finishAnswer(answer: RuntimeAnswer): void {
    invariant(
      allowsRuntimeMove(this.#current, "RuntimeResponseSentState"),
      "an answer has begun before it is finished",
    );
    this.#current = "RuntimeResponseSentState";
    this.#requestId = null;
    this.listener.runtimeAnswered(answer);
  }
}

/** GET /runtime/invocation/next: waits without a time limit for the environment's next invocation (docs/aws/runtime-api.md). */
export function handleNext(session: RuntimeSession, response: ServerResponse): void {
  if (session.moveOrRefuse("Ready", response)) session.waitForEvent(response);
}

/** With this header our own client for Node.js asks for its next event in the request that brings its answer, which saves a request. */
export function asksForNext(request: IncomingMessage): boolean {
  return header(request, "longrun-then-next") !== "";
}

/**
 * Confirms to the runtime that its answer was received. If the request also asks for the next event, that event is the confirmation. The
 * caller gets the answer first, because the runtime may take the engine's processor when it goes on.
 */
export function finishAndConfirm(
  session: RuntimeSession,
  alsoNext: boolean,
  response: ServerResponse,
  answer: RuntimeAnswer,
): void {
  session.finishAnswer(answer);
  if (alsoNext) handleNext(session, response);
  else accept(response);
}
