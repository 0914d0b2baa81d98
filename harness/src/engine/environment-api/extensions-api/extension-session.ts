/** The extensions of one boot: their registry, their waiting requests for the next event, and the listener that is informed of changes. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { ExtensionRegistry, type Extension, type ExtensionEvent } from "../extension-registry.ts";
import { reply } from "../runtime-api/reply.ts";

export interface ExtensionFunctionFacts {
  readonly accountId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly handler: string;
}

export interface ExtensionListener {
  extensionRegistered(): void;
  extensionReady(): void;
  extensionFailed(name: string, errorType: string): void;
}

export class ExtensionSession {
  readonly registry: ExtensionRegistry;
  readonly listener: ExtensionListener;
  readonly facts: ExtensionFunctionFacts;
  readonly #waiting = new Map<string, ServerResponse>();

  constructor(externalNames: readonly string[], listener: ExtensionListener, facts: ExtensionFunctionFacts) {
    this.registry = new ExtensionRegistry(externalNames);
    this.listener = listener;
    this.facts = facts;
  }

  waitForEvent(extension: Extension, response: ServerResponse): void {
    this.#waiting.set(extension.id, response);
    this.registry.setState(extension.id, "ready");
    this.listener.extensionReady();
  }

  deliver(event: ExtensionEvent, body: Readonly<Record<string, unknown>>): void {
    for (const extension of this.registry.subscribers(event)) {
      const response = this.#waiting.get(extension.id);
      if (response === undefined) continue;
      this.#waiting.delete(extension.id);
      this.registry.setState(extension.id, "running");
      reply(response, 200, JSON.stringify(body), ["Lambda-Extension-Event-Identifier", randomUUID()]);
    }
  }
}
