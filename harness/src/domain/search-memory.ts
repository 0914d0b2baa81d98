/** The memory of a function under search, in megabytes, if the user gives none. */
export const SEARCH_MEMORY_MB = 512;
