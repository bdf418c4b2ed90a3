import type { SumWeights } from './sum';

/**
 * The best fixed λ: what each modality counts in a sum that is the same for every query, to compare trained fusions with. Chosen on
 * validation queries of all modalities (`npm run -s bench -- fusion lambda DATA_DIR`).
 */
export const FIXED_WEIGHTS: SumWeights = { words: 0.2, photo: 1, voice: 0.5, attributes: 1, history: 1 };
