/** Measures the memory that the processes of an environment use: repeatedly during each boot, and at the end of phases. */
import { MemoryUse } from "../process/memory/memory-use.ts";
import { sampleAtEnd, type MemoryWatch, type WatchedEnvironment } from "../process/memory/memory-watch.ts";
import type { OfferMove } from "./environment-state.ts";

export interface MeasuredProcesses {
  readonly frozen: boolean;
  residentBytes(): number;
}

export class EnvironmentMemory implements WatchedEnvironment {
  readonly #watch: MemoryWatch;
  readonly #use: MemoryUse;
  readonly #offer: OfferMove;
  #processes: MeasuredProcesses | null = null;

  constructor(watch: MemoryWatch, limitMb: number, offer: OfferMove) {
    this.#watch = watch;
    this.#use = new MemoryUse(limitMb);
    this.#offer = offer;
  }

  residentBytes(): number {
    return this.#processes?.residentBytes() ?? 0;
  }

  get frozen(): boolean {
    return this.#processes?.frozen ?? false;
  }

  beginBoot(processes: MeasuredProcesses): void {
    this.#use.begin();
    this.#processes = processes;
    this.#watch.add(this);
  }

  beginInvocation(): void {
    this.#use.begin();
  }

  /** To be called when all processes have ended. */
  endBoot(): void {
    this.#watch.remove(this);
  }

  useMemory(sizeMb: number): void {
    if (this.#use.take(sizeMb)) this.#offer("memory-exceeded");
  }

  /** With `always: false`, takes no sample within 50 ms after the last one. */
  sample({ always }: { readonly always: boolean }): void {
    sampleAtEnd(this, { always });
  }

  usedMb(): number {
    return this.#use.usedMb();
  }
}
