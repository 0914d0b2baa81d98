export const SEARCH_MEMORY_MB = 512;
