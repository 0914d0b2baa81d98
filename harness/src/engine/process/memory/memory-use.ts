/** How much memory an environment has used, and whether it was ended for it. Pure. */
export class MemoryUse {
  private readonly limitMb: number;
  private maxMb = 0;
  private exceeded = false;

  constructor(limitMb: number) {
    this.limitMb = limitMb;
  }

  /** A new boot or invocation: may be ended again. */
  begin(): void {
    this.exceeded = false;
  }

  /** True once: the environment is above its memory size now. */
  take(sizeMb: number): boolean {
    this.maxMb = Math.max(this.maxMb, sizeMb);
    if (sizeMb <= this.limitMb || this.exceeded) return false;
    this.exceeded = true;
    return true;
  }

  /** What REPORT says; never more than the memory size, as on AWS. */
  usedMb(): number {
    return Math.min(Math.ceil(this.maxMb), this.limitMb);
  }
}
