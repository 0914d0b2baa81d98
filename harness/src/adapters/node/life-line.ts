/**
 * Tells `longrun serve` that its standard input is the life line to its parent: when it ends, the parent is gone. A file
 * of its own, since the engine's start must not load what starts engines.
 */
export const LIFE_LINE_VARIABLE = "LONGRUN_ENDS_WITH_STDIN";
