/** The name that a user gives to one of several peers of a function. */
export const PEER_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;
