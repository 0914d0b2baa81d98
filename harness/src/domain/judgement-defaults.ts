/** What a judgement assumes if neither the evidence nor the user says otherwise. Settings, library and analysis use these values. */

/** How far apart two clocks may be. */
export const CLOCK_TOLERANCE_MS = 1_000;

/** How long an environment counts as alive after its Init if its end is not known. */
export const IDLE_LIFE_MS = 300_000;

/** How late CloudWatch Logs may show a log event. */
export const LATE_LOGS_MS = 600_000;
