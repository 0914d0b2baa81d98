/** Keeps texts in the order in which they come, and gives each of them back. There can be more than fit into memory. */
export interface TextStore {
  append(text: string): StoredText;
  read(stored: StoredText): string;
  /** Returns a number for comparing: equal texts have the same number, different texts (almost certainly) different ones. */
  key(text: string): number;
  close(): void;
}

export interface StoredText {
  readonly begin: number;
  readonly bytes: number;
}
