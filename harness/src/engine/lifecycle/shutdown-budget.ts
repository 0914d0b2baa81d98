/** How long the Shutdown phase may last (docs/aws/lifecycle.md#shutdown). An extension counts even if it subscribed to no event. */
export interface RegisteredExtensions {
  readonly internal: number;
  readonly external: number;
}

export interface ShutdownBudgets {
  readonly internalMs: number;
  readonly externalMs: number;
  /** The runtime's share if an external extension is registered. */
  readonly runtimeShareMs: number;
}

export const DEFAULT_SHUTDOWN_BUDGETS: ShutdownBudgets = {
  internalMs: 500,
  externalMs: 2_000,
  runtimeShareMs: 300,
};

export interface ShutdownPlan {
  /** Null if the runtime gets no SIGTERM and is killed immediately. */
  readonly runtimeMs: number | null;
  readonly extensionsMs: number;
}

export function shutdownPlan(registered: RegisteredExtensions, budgets: ShutdownBudgets): ShutdownPlan {
  if (registered.external > 0) {
    return { runtimeMs: budgets.runtimeShareMs, extensionsMs: budgets.externalMs - budgets.runtimeShareMs };
  }
  return { runtimeMs: registered.internal > 0 ? budgets.internalMs : null, extensionsMs: 0 };
}
