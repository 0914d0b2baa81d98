/** JSON values of a file, and what lies packed inside them, given to the first form of objects that knows them. */
import { OBJECT_FORMS } from "./forms/all-forms.ts";
import type { Found, GivenObject } from "./forms/form.ts";
import { withFields } from "./forms/insights-row.ts";
import { isJsonObject, type JsonObject } from "../../domain/json-object.ts";

/** An event in an answer in a record of a list: nothing that people have lies deeper. */
const DEPTH_MAX = 3;

export interface ObjectSink extends Omit<Found, "value"> {
  /** Asked before any form: true if it is what is looked for as it stands. */
  bare(value: JsonObject): boolean;
}

/** False: no form knows it, and nothing was given out. */
export function readObject(object: GivenObject, sink: ObjectSink): boolean {
  return readAt(object, sink, 0);
}

function readAt(object: GivenObject, sink: ObjectSink, depth: number): boolean {
  if (sink.bare(object.value)) return true;
  const found: Found = {
    event: (event) => sink.event(event),
    row: (event, remedy) => sink.row(event, remedy),
    lost: (text, remedy) => sink.lost(text, remedy),
    value(inner, envelope) {
      const value = withFields(inner);
      const text = JSON.stringify(value) ?? "";
      if (depth >= DEPTH_MAX || !isJsonObject(value) || !readAt({ value, text, envelope }, sink, depth + 1))
        sink.lost(text);
    },
  };
  return OBJECT_FORMS.some((form) => form.read(object, found));
}
