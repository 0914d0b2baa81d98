/**
 * The variable that tells `longrun serve` to end with its standard input, since that means that its parent has ended. It has a file of its
 * own, so that `serve` need not load the code that starts engines.
 */
export const LIFE_LINE_VARIABLE = "LONGRUN_ENDS_WITH_STDIN";
