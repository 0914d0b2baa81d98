/** Moves `known`, the address at which a host was reached the last time, to the front of its addresses, if it is among them. */
export function knownFirst<Address extends { readonly address: string }>(
  addresses: readonly Address[],
  known: string | undefined,
): Address[] {
  return [
    ...addresses.filter(({ address }) => address === known),
    ...addresses.filter(({ address }) => address !== known),
  ];
}
