/**
 * A form in which the runtime client of a runtime family (such as Python's) writes about a failed invocation or Init, or a similar form
 * that functions write.
 */
export interface LineForm {
  readonly family: string;
  readonly title: string;
  readonly format: "Text" | "JSON";
  readonly kind: "failed-invocation" | "failed-init" | "ambiguous" | "application";
  /** The events of the log, one after the other. */
  readonly events: (requestId: string) => readonly string[];
  /** Whether the line names the request. */
  readonly namesRequest: boolean;
}

export const AT = "2026-11-25T01:02:03.456Z";
export const NBSP = "\u00a0\u00a0";
export const json = (value: Readonly<Record<string, unknown>>): string => JSON.stringify(value);

export type Row = readonly [
  title: string,
  format: LineForm["format"],
  kind: LineForm["kind"],
  events: LineForm["events"],
  namesRequest?: boolean,
];

export function lineForms(family: string, rows: readonly Row[]): readonly LineForm[] {
  return rows.map(([title, format, kind, events, namesRequest = false]) => ({
    family,
    title,
    format,
    kind,
    events,
    namesRequest,
  }));
}
