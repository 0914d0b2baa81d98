/** Chooses the row store for an input of this size. Most inputs are small and stay in memory. */
import type { RowStore } from "../../evidence/row-store.ts";
import { FileRowStore } from "./file-row-store.ts";
import { MemoryRowStore } from "./memory-row-store.ts";

/** The largest input that stays in memory. In memory, the rows of an input take a few times its size. */
const IN_MEMORY_BYTES_MAX = 8 << 20;

/** `bytes` is null if the size is not known. */
export function rowStoreFor(bytes: number | null): RowStore {
  return bytes !== null && bytes <= IN_MEMORY_BYTES_MAX ? new MemoryRowStore() : new FileRowStore();
}
