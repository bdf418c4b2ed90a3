/** What a query or a product can be told by, in the order of the tokens. */
export const MODALITIES = ['words', 'photo', 'voice', 'attributes', 'history'] as const;
export type Modality = (typeof MODALITIES)[number];

/** The vectors that there are of a query or a product: normalised, all of one space. */
export type ModalityVectors = Readonly<Partial<Record<Modality, Float32Array>>>;

/** A normalised vector of a query, and the encoder and space that it is of: others can't be compared with it. */
export interface EncodedVector {
  readonly encoder: string;
  readonly space: string;
  readonly vector: Float32Array;
}

/** What a query was fused of; never the shopper's words. */
export type EncodedQuery = Readonly<Partial<Record<Modality, EncodedVector>>>;

/** Several modalities as one. */
export interface Fused {
  /** Normalised, in the space of the modalities. */
  readonly vector: Float32Array;
  /** How much each modality that was there counted; the shares sum to 1. */
  readonly shares: Readonly<Partial<Record<Modality, number>>>;
}

/** Ways to fuse: attention over the modalities, one weight a modality, or a dense layer over all of them; `sum` is not trained. */
export const FUSION_KINDS = ['attention', 'weighted', 'concat', 'sum'] as const;
export type FusionKind = (typeof FUSION_KINDS)[number];

/** What is fused: what a shopper asks with, or a product. Both go through one network, which is told which of them it is. */
export type FusionRole = 'query' | 'product';

/** Makes one vector of the modalities of queries, and of products, which go the same way. */
export interface Fusion {
  /** Names kind and weights; vectors that different ones made are not comparable. */
  readonly id: string;
  readonly kind: FusionKind;
  readonly space: string;
  readonly dimensions: number;
  /**
   * One vector for each input, in order. Throws FUSION_FAILED for an input without any vector, for a vector of another
   * width, and where the result is no number.
   */
  fuse(inputs: readonly ModalityVectors[], role: FusionRole): Promise<Fused[]>;
  /** Frees the weights; it can't be used afterwards. */
  close(): void;
}
