/** Returns the addresses of a host name. The first one is the address at which the host was last reached, if it is among them. Pure. */
export function knownFirst<Address extends { readonly address: string }>(
  addresses: readonly Address[],
  known: string | undefined,
): Address[] {
  return [
    ...addresses.filter(({ address }) => address === known),
    ...addresses.filter(({ address }) => address !== known),
  ];
}
