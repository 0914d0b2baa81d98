/** What a judgement assumes unless the evidence or the user says otherwise. */

export const CLOCK_TOLERANCE_MS = 1_000;

/** How long an environment counts as alive after its Init if its end is unknown. */
export const IDLE_LIFE_MS = 300_000;

/** How late CloudWatch Logs may show a log event. */
export const LATE_LOGS_MS = 600_000;
