/** Passes the JSON objects of a file, and the compressed objects inside them, to the first object form that recognises them. */
import { OBJECT_FORMS } from "../../logs/forms/all-forms.ts";
import type { Found, GivenObject } from "../../logs/forms/form.ts";
import { withFields } from "../../logs/forms/insights-row.ts";
import { isJsonObject, jsonOf, type JsonObject } from "../../base/json-object.ts";

/** The deepest nesting that occurs: an event in an answer in a record of a list. */
const DEPTH_MAX = 3;

export interface ObjectSink extends Omit<Found, "value"> {
  /** Called before any form is tried. Returns true if the object itself is what the reader wants. */
  bare(value: JsonObject): boolean;
}

/** Returns false if no form recognises the object. Then nothing was passed on. */
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
      const text = jsonOf(value) ?? "";
      if (depth >= DEPTH_MAX || !isJsonObject(value) || !readAt({ value, text, envelope }, sink, depth + 1))
        sink.lost(text);
    },
  };
  return OBJECT_FORMS.some((form) => form.read(object, found));
}
