/** The one limit that an environment may have to keep at a time: that of its Init phase, or the function time-out. */
export class PhaseDeadline {
  private readonly passed: () => void;
  private timer: NodeJS.Timeout | null = null;

  constructor(passed: () => void) {
    this.passed = passed;
  }

  arm(limitMs: number): void {
    this.disarm();
    this.timer = setTimeout(() => {
      this.timer = null;
      this.passed();
    }, limitMs);
  }

  disarm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
