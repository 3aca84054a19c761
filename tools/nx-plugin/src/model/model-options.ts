/** What `nx g @web-single/nx-plugin:model` takes; schema.json describes each. */
export interface ModelOptions {
  readonly name: string;
  readonly from: string;
  readonly modelVersion?: string;
  readonly task?: string;
  readonly labels?: readonly string[];
  readonly columns?: readonly string[];
  readonly strict?: boolean;
}
