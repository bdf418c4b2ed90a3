/** A JSON object; its keys come from outside, so they are only looked up with `own`. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property of the object itself, never one of `Object.prototype`; undefined for anything but an object. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A string, or a number written as one; the `@value` of a JSON-LD value. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number') return String(value);
  const inner = own(value, '@value');
  return typeof inner === 'string' || typeof inner === 'number' ? textOf(inner) : undefined;
}

/** One value and a list of values are the same in JSON-LD. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** The text of the first entry that has one, also where it is an object with a `name`. */
export function nameOf(value: unknown): string | undefined {
  for (const entry of listOf(value)) {
    const text = textOf(entry) ?? textOf(own(entry, 'name'));
    if (text) return text;
  }
  return undefined;
}

/** The first of several properties that has a text. */
export function firstText(value: unknown, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = nameOf(own(value, key));
    if (text) return text;
  }
  return undefined;
}

/** The types of a JSON-LD node, without schema.org's address. */
export function typesOf(value: unknown): readonly string[] {
  return listOf(own(value, '@type')).flatMap((type) =>
    typeof type === 'string' ? type.replace(/^(?:https?:\/\/schema\.org\/|schema:)/, '') : [],
  );
}
