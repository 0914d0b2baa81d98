/** The expected results of decoding platform lines, for the tests of lines in text and of records in JSON. */
export const ID = "8f3b2c1d-0000-4000-8000-000000000001";

export const platform = (event: Record<string, unknown>): unknown => ({ kind: "platform", platform: event });

/** A REPORT of a successful invocation. `more` replaces members. */
export const report = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  event: "report",
  requestId: ID,
  status: "success",
  durationMs: 3.01,
  initDurationMs: null,
  memorySizeMb: 128,
  maxMemoryUsedMb: 36,
  errorType: null,
  ...more,
});
