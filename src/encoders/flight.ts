/** A model that is loaded once in its worker. */
export interface Flight<Data, Model> {
  /** Loads the model. Callers at the same time share one flight; a failed one is forgotten, so the next call tries anew. */
  load(data: Data): Promise<Model>;
  /** Frees the model's session. */
  close(): Promise<void>;
}

/** See `Flight`; `open` loads. */
export function flightOf<Data, Model extends { dispose(): Promise<void> }>(
  open: (data: Data) => Promise<Model>,
): Flight<Data, Model> {
  let flight: Promise<Model> | undefined;
  return {
    load(data) {
      flight ??= open(data).catch((error: unknown) => {
        flight = undefined;
        throw error;
      });
      return flight;
    },
    async close() {
      const model = await flight?.catch(() => undefined);
      flight = undefined;
      await model?.dispose();
    },
  };
}
