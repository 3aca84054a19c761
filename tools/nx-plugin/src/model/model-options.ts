/** What `nx g @web-single/nx-plugin:model` takes; schema.json describes each. */
export interface ModelOptions {
  readonly name: string;
  readonly from: string;
  /** Nx makes a number of `3`. */
  readonly modelVersion?: string | number;
  readonly task?: string;
  readonly labels?: readonly string[];
  readonly columns?: readonly string[];
  readonly strict?: boolean;
}
