/**
 * The variable that tells `longrun serve` to end when its standard input ends, because then its parent has ended. The variable has a file of its
 * own, so that `serve` need not load the code that starts engines.
 */
export const LIFE_LINE_VARIABLE = "LONGRUN_ENDS_WITH_STDIN";
