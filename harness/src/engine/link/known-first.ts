/** Puts the address at which a host name was last reached before its other addresses. Pure. */
export function knownFirst<Address extends { readonly address: string }>(
  addresses: readonly Address[],
  known: string | undefined,
): Address[] {
  return [
    ...addresses.filter(({ address }) => address === known),
    ...addresses.filter(({ address }) => address !== known),
  ];
}
