/** Returns the addresses of a host name with the address at which it was last reached first. Pure. */
export function knownFirst<Address extends { readonly address: string }>(
  addresses: readonly Address[],
  known: string | undefined,
): Address[] {
  return [
    ...addresses.filter(({ address }) => address === known),
    ...addresses.filter(({ address }) => address !== known),
  ];
}
