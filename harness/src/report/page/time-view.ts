/** The visible time range, which is the same for all pictures of the page, so that they can be compared. */
export interface ShownRange {
  readonly from: number;
  readonly to: number;
}

/** Times are in milliseconds, so a smaller range would show no more detail. */
const NARROWEST_MS = 20;
const GLIDE_MS = 280;

export class TimeView {
  readonly whole: ShownRange;
  #visible: ShownRange;
  #listeners: (() => void)[] = [];
  #glide = 0;

  constructor(whole: ShownRange) {
    // Events at the very edge need a little space.
    const air = (whole.to - whole.from) * 0.012;
    this.whole = { from: whole.from - air, to: whole.to + air };
    this.#visible = this.whole;
  }

  get visible(): ShownRange {
    return this.#visible;
  }

  get deepest(): number {
    return Math.max(1, (this.whole.to - this.whole.from) / NARROWEST_MS);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  show(range: ShownRange): void {
    cancelAnimationFrame(this.#glide);
    this.#apply(range);
  }

  /** Animated so that the eye can follow, except for users who prefer reduced motion. */
  glideTo(range: ShownRange): void {
    cancelAnimationFrame(this.#glide);
    const target = this.#bounded(range);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#apply(target);
      return;
    }
    const [origin, begun] = [this.#visible, performance.now()];
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - begun) / GLIDE_MS));
      const eased = 1 - (1 - share) ** 3;
      this.#apply({
        from: origin.from + (target.from - origin.from) * eased,
        to: origin.to + (target.to - origin.to) * eased,
      });
      if (share < 1) this.#glide = requestAnimationFrame(step);
    };
    this.#glide = requestAnimationFrame(step);
  }

  /** A `factor` below 1 zooms in. */
  zoomBy(factor: number, around = (this.#visible.from + this.#visible.to) / 2): void {
    const { from, to } = this.#visible;
    this.glideTo({ from: around - (around - from) * factor, to: around + (to - around) * factor });
  }

  panBy(share: number): void {
    const { from, to } = this.#visible;
    const distance = Math.max(this.whole.from - from, Math.min(this.whole.to - to, (to - from) * share));
    this.glideTo({ from: from + distance, to: to + distance });
  }

  #apply(range: ShownRange): void {
    this.#visible = this.#bounded(range);
    for (const listener of this.#listeners) listener();
  }

  #bounded({ from, to }: ShownRange): ShownRange {
    const length = Math.min(this.whole.to - this.whole.from, Math.max(NARROWEST_MS, to - from));
    const middle = (from + to) / 2;
    const start = Math.max(this.whole.from, Math.min(this.whole.to - length, middle - length / 2));
    return { from: start, to: start + length };
  }
}
