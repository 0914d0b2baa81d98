/** The default memory of a function under search. */
export const SEARCH_MEMORY_MB = 512;
