/** The extensions of one boot and their states. Refuses what AWS's Extensions API refuses (docs/aws/extensions.md#extensions-api). */
import { randomUUID } from "node:crypto";

export type ExtensionEvent = "INVOKE" | "SHUTDOWN";
export type ExtensionState = "started" | "registered" | "ready" | "running" | "init-error" | "exit-error";

export interface Extension {
  readonly id: string;
  readonly name: string;
  readonly kind: "internal" | "external";
  readonly events: readonly ExtensionEvent[];
  readonly state: ExtensionState;
}

export interface ExtensionRefusal {
  readonly errorType: string;
  readonly errorMessage: string;
}

const EXTENSIONS_MAX = 10;

export class ExtensionRegistry {
  readonly #byId = new Map<string, Extension>();
  /** Names of external extensions whose process was started and which have not registered yet. */
  readonly #awaited: Set<string>;
  #open = true;

  constructor(externalNames: readonly string[]) {
    this.#awaited = new Set(externalNames);
  }

  register(name: string, events: readonly string[]): Extension | ExtensionRefusal {
    if (name === "")
      return { errorType: "Extension.InvalidExtensionName", errorMessage: "Empty extension name" };
    const kind = this.#awaited.has(name) ? "external" : "internal";
    if (kind === "internal" && [...this.#byId.values()].some((other) => other.name === name)) {
      return {
        errorType: "Extension.InvalidExtensionState",
        errorMessage: `Extension with this name already registered: ${name}`,
      };
    }
    if (!this.#open)
      return {
        errorType: "Extension.RegistrationClosed",
        errorMessage: "Extension registration closed already",
      };
    if (this.#byId.size >= EXTENSIONS_MAX) {
      return {
        errorType: "Extension.TooManyExtensions",
        errorMessage: `Extension limit (${EXTENSIONS_MAX}) reached`,
      };
    }
    const unknown = events.find((event) => event !== "INVOKE" && event !== "SHUTDOWN");
    if (unknown !== undefined)
      return { errorType: "Extension.InvalidEventType", errorMessage: `Invalid event type: ${unknown}` };
    if (kind === "internal" && events.includes("SHUTDOWN")) {
      return {
        errorType: "ShutdownEventNotSupportedForInternalExtension",
        errorMessage: "SHUTDOWN event not supported for internal extensions",
      };
    }
    this.#awaited.delete(name);
    const extension: Extension = {
      id: randomUUID(),
      name,
      kind,
      events: events as readonly ExtensionEvent[],
      state: "registered",
    };
    this.#byId.set(extension.id, extension);
    return extension;
  }

  /** Called at the runtime's first `next`. After it no extension can register. */
  closeRegistration(): void {
    this.#open = false;
  }

  find(id: string): Extension | null {
    return this.#byId.get(id) ?? null;
  }

  setState(id: string, state: ExtensionState): void {
    const extension = this.#byId.get(id);
    if (extension !== undefined) this.#byId.set(id, { ...extension, state });
  }

  all(): readonly Extension[] {
    return [...this.#byId.values()];
  }

  subscribers(event: ExtensionEvent): readonly Extension[] {
    return this.all().filter((extension) => extension.events.includes(event));
  }

  everyoneRegistered(): boolean {
    return this.#awaited.size === 0;
  }

  everyoneReady(): boolean {
    return this.everyoneRegistered() && this.all().every((extension) => extension.state === "ready");
  }

  registered(): { internal: number; external: number } {
    const external = this.all().filter((extension) => extension.kind === "external").length;
    return { internal: this.#byId.size - external, external };
  }
}
