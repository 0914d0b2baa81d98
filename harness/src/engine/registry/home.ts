/** Where a request is at home: the Region of its signature and the account of this engine. */
export interface Home {
  readonly region: string;
  readonly accountId: string;
}
