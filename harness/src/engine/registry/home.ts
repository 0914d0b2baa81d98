/** The Region of a request, which its signature gives, and the account of this engine. */
export interface Home {
  readonly region: string;
  readonly accountId: string;
}
