/**
 * Catches errors that nobody handles while cases run: mocha would blame the test for them, but it would not know the case. Only the errors
 * between `begin` and `end` are caught.
 */
import process from "node:process";

const KINDS = ["uncaughtException", "unhandledRejection"] as const;

export interface StrayErrors {
  /** Throws the first error that came since the last call. */
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
      if (first !== null) throw new Error("an error that nothing handled", { cause: first.error });
    },
    end() {
      for (const [kind, listeners] of others) {
        process.removeAllListeners(kind);
        for (const listener of listeners) process.on(kind, listener as (error: unknown) => void);
      }
    },
  };
}
