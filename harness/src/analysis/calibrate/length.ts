/** A length of time that was observed between two bounds, in milliseconds. It is open if the observation ended first. */
export interface Length {
  readonly low: number;
  /** Infinity if the length is open. */
  readonly high: number;
}

export const isOpen = ({ high }: Length): boolean => high === Infinity;
