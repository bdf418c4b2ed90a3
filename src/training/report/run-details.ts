/** Where and when a report was made, and of what; nothing of it names a folder. */
export interface RunDetails {
  /** ISO 8601. */
  readonly date: string;
  /** Of Vitrine. */
  readonly version: string;
  readonly command: string;
  /** Names of files, without folders. */
  readonly files: { readonly catalogue: string; readonly queries: string; readonly validation?: string };
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
}
