/** Tells `longrun serve` to end when its standard input ends, because then its parent has ended. */
export const LIFE_LINE_VARIABLE = "LONGRUN_ENDS_WITH_STDIN";
