/** Letters of a SHA-256 in hexadecimal that are kept of a server's first bytes. Link and probe keep equally many, so that two answers can be compared. */
export const DIGEST_LETTERS = 16;
