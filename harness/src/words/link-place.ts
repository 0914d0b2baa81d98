/** Where a function finds its peer's address. The engine puts the address of the environment's link there instead. */

/** Two variables, one with the host and one with the port. */
export interface TwoVariables {
  readonly hostVariable: string;
  readonly portVariable: string;
}

/** One variable with a URL, a DSN or HOST:PORT. */
export interface OneVariable {
  readonly variable: string;
}

/** The peer's own name and port, regardless of where the function reads them. Inside an environment, the name resolves to the link. */
export interface ByName {
  readonly name: string;
  readonly port: number;
}

export type LinkPlace = TwoVariables | OneVariable | ByName;
