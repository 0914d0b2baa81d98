/** Keeps how much memory an environment has used, and whether the current boot or invocation has exceeded the limit. Pure. */
export class MemoryUse {
  readonly #limitMb: number;
  #maxMb = 0;
  #exceeded = false;

  constructor(limitMb: number) {
    this.#limitMb = limitMb;
  }

  /** After this call, `take` can return true again, one time. */
  begin(): void {
    this.#exceeded = false;
  }

  /** Returns true for the first sample above the memory size since `begin`. */
  take(sizeMb: number): boolean {
    this.#maxMb = Math.max(this.#maxMb, sizeMb);
    if (sizeMb <= this.#limitMb || this.#exceeded) return false;
    this.#exceeded = true;
    return true;
  }

  /** The value in REPORT; never more than the memory size, as on AWS. */
  usedMb(): number {
    return Math.min(Math.ceil(this.#maxMb), this.#limitMb);
  }
}
