/** A length of time of which the observation gives two bounds, in milliseconds. It is open if the observation ended before the length did. */
export interface Length {
  readonly low: number;
  /** Infinity if the length is open. */
  readonly high: number;
}

export const isOpen = ({ high }: Length): boolean => high === Infinity;
