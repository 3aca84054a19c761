/** A JSON Schema, draft 2020-12, as plain JSON; fits OpenAPI 3.1 unchanged. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}
