/** Wakes all waiters at the next change. Each of them then checks again whether what it waits for is true. */
export class ChangeSignal {
  private readonly waiting = new Set<() => void>();

  /** Resolves with the next change. */
  next(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve));
  }

  changed(): void {
    const all = [...this.waiting];
    this.waiting.clear();
    for (const wake of all) wake();
  }
}
