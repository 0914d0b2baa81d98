/**
 * Catches errors that nothing handles while cases run. Otherwise mocha would report them without the case that caused them. Only the errors
 * between the call of `catchStrayErrors` and the call of `end` are caught.
 */
import process from "node:process";

const KINDS = ["uncaughtException", "unhandledRejection"] as const;

export interface StrayErrors {
  /** Throws the first error that was caught since the last call of `rethrow`. */
  rethrow(): void;
  end(): void;
}

export function catchStrayErrors(): StrayErrors {
  let caught: { readonly error: unknown } | null = null;
  const note = (error: unknown): void => void (caught ??= { error });
  const others = KINDS.map((kind) => [kind, process.rawListeners(kind)] as const);
  for (const kind of KINDS) process.removeAllListeners(kind).on(kind, note);
  return {
    rethrow() {
      const first = caught;
      caught = null;
      if (first !== null) throw new Error("unhandled error", { cause: first.error });
    },
    end() {
      for (const [kind, listeners] of others) {
        process.removeAllListeners(kind);
        for (const listener of listeners) process.on(kind, listener as (error: unknown) => void);
      }
    },
  };
}
