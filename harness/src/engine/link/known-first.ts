/** Puts the address at which a host was last reached first, if it is among its addresses. */
export function knownFirst<Address extends { readonly address: string }>(
  addresses: readonly Address[],
  known: string | undefined,
): Address[] {
  return [
    ...addresses.filter(({ address }) => address === known),
    ...addresses.filter(({ address }) => address !== known),
  ];
}
