/**
 * One boot's runtime client as the engine sees it: its protocol state, the request for the next event that waits, the invocation it
 * works on. The endpoints (one per file) ask and tell it; it tells the environment what happened.
 */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { invariant } from "../../../domain/invariant.ts";
import type { ResponseSink } from "../../fleet-contract.ts";
import { allowsRuntimeMove, refusalText, type RuntimeState } from "../runtime-state.ts";
import { refuse, reply } from "./reply.ts";

export interface RuntimeAnswer {
  readonly payload: Buffer;
  readonly contentType: string;
  /** Bytes that went to the caller already. */
  readonly streamedBytes: number;
  readonly functionError: boolean;
  /** When the response's head came, by the monotonic clock. */
  readonly headAt: number;
}

export interface RuntimeListener {
  /** The runtime asks for its next event; false: it may not wait any more (the environment is ending). */
  runtimeReady(): void;
  runtimeAnswered(answer: RuntimeAnswer): void;
  runtimeFailedInit(payload: Buffer, errorType: string): void;
}

export interface RuntimeEvent {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: the response is gathered and answered whole. */
  readonly sink: ResponseSink | null;
}

export class RuntimeSession {
  readonly listener: RuntimeListener;
  readonly monotonic: () => number;
  private current: RuntimeState = "Started";
  private waiting: ServerResponse | null = null;
  private requestId: string | null = null;
  private responseSink: ResponseSink | null = null;
  private answering: { readonly socket: Socket; readonly received: Promise<unknown> } | null = null;

  constructor(listener: RuntimeListener, monotonic: () => number) {
    this.listener = listener;
    this.monotonic = monotonic;
  }

  get state(): RuntimeState {
    return this.current;
  }

  get sink(): ResponseSink | null {
    return this.responseSink;
  }

  /** Makes the move, or answers the request with AWS's refusal and returns false. */
  moveOrRefuse(to: RuntimeState, response: ServerResponse): boolean {
    if (!allowsRuntimeMove(this.current, to)) {
      refuse(response, 403, "InvalidStateTransition", refusalText(this.current, to));
      return false;
    }
    this.current = to;
    return true;
  }

  /** The runtime begins to answer the invocation of that id; returns false, and refuses, if it has no such invocation to answer. */
  beginAnswerOrRefuse(
    requestId: string,
    to: "InvocationResponse" | "InvocationErrorResponse",
    response: ServerResponse,
  ): boolean {
    if (this.requestId === null || this.requestId === requestId) return this.moveOrRefuse(to, response);
    refuse(response, 400, "InvalidRequestID", "Invalid request ID");
    return false;
  }

  /** Remembers an answer whose body is still coming, for a client that sends its next request right behind it. */
  receive<Body>(socket: Socket, body: Promise<Body>): Promise<Body> {
    this.answering = { socket, received: body.catch(() => undefined) };
    return body;
  }

  /** Requests of one connection are taken in their order (HTTP pipelining). */
  async afterAnswerOf(socket: Socket): Promise<void> {
    if (this.answering?.socket !== socket) return;
    await this.answering.received;
    this.answering = null;
  }

  waitForEvent(response: ServerResponse): void {
    this.waiting = response;
    this.listener.runtimeReady();
  }

  deliver(event: RuntimeEvent): void {
    invariant(
      this.current === "Ready" && this.waiting !== null,
      "an event is delivered to a runtime which asked for it",
    );
    this.current = "Running";
    this.requestId = event.requestId;
    this.responseSink = event.sink;
    const waiting = this.waiting;
    this.waiting = null;
    reply(waiting, 200, event.payload, event.headers);
  }

  /** The answer was received; the next `next` ends the runtime's part. */
  finishAnswer(answer: RuntimeAnswer): void {
    invariant(
      allowsRuntimeMove(this.current, "RuntimeResponseSentState"),
      "an answer is finished after it was begun",
    );
    this.current = "RuntimeResponseSentState";
    this.requestId = null;
    this.listener.runtimeAnswered(answer);
  }
}
