export interface BuiltFunction {
  readonly design: string;
  /** Absolute path of the zip. */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Builds every design into `outFolder` (default: dist/functions of the repository). */
export function buildFunctions(outFolder?: string): Promise<readonly BuiltFunction[]>;
export function functionDesigns(): Promise<readonly string[]>;
