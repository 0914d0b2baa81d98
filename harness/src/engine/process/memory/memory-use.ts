/** Keeps how much memory an environment has used, and whether the current boot or invocation has exceeded the limit. Pure. */
export class MemoryUse {
  private readonly limitMb: number;
  private maxMb = 0;
  private exceeded = false;

  constructor(limitMb: number) {
    this.limitMb = limitMb;
  }

  /** Begins a boot or an invocation. `take` can return true once more after this call. */
  begin(): void {
    this.exceeded = false;
  }

  /** Takes a sample. Returns true if the sample is above the memory size and is the first such sample since `begin`. */
  take(sizeMb: number): boolean {
    this.maxMb = Math.max(this.maxMb, sizeMb);
    if (sizeMb <= this.limitMb || this.exceeded) return false;
    this.exceeded = true;
    return true;
  }

  /** The value in REPORT; never more than the memory size, as on AWS. */
  usedMb(): number {
    return Math.min(Math.ceil(this.maxMb), this.limitMb);
  }
}
