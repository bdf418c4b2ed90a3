/** A decoded picture: RGB, 8 bits a channel, row after row; `data` has width × height × 3 bytes. */
export interface DecodedPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Turns pictures into vectors of a space; in the space of a text encoder, texts and pictures are compared. */
export interface ImageEncoder {
  readonly id: string;
  /** Vectors are compared within one space only. */
  readonly space: string;
  readonly dimensions: number;
  /** Most pictures a call takes. */
  readonly maxBatch: number;
  /** May calls run side by side? */
  readonly parallel: boolean;
  /** One normalised vector of `dimensions` numbers a picture, in order. Throws ENCODER_FAILED or MODEL_*. */
  encode(pictures: readonly DecodedPicture[], options: { signal?: AbortSignal }): Promise<Float32Array[]>;
}

/** Decodes pictures for screening and for encoders. */
export interface PictureReader {
  /**
   * Decodes an outsider's picture: upright, sRGB, on white, first frame, of a bounded size. Throws PICTURE_UNREADABLE or
   * PICTURE_TOO_LARGE.
   */
  read(bytes: Buffer): Promise<DecodedPicture>;
  /**
   * For shoppers' photos: spreads the levels where the light was poor, and crops to what clearly stands out from its
   * background. The same picture where neither helps.
   */
  cleanUp(picture: DecodedPicture): DecodedPicture;
}

/** Decides whether a photo may be used. */
export interface PhotoScreener {
  /** True when the photo must not be used nor kept. Throws PHOTO_SCREENING_FAILED when it can't be decided. */
  refuses(picture: DecodedPicture, options: { signal?: AbortSignal }): Promise<boolean>;
}

/** One picture of a product. Position 0 is the main picture. */
export interface PictureTask {
  readonly productId: string;
  readonly position: number;
  /** Address or path as the feed gave it. */
  readonly source: string;
  /** Folder or address that `source` is relative to; undefined where relative sources mean nothing. */
  readonly base: string | undefined;
}

/** A picture of a product that is stored. */
export interface StoredPicture {
  readonly productId: string;
  readonly position: number;
  /** SHA-256 of the bytes, in hexadecimal: equal ones are the same picture. */
  readonly digest: string;
  readonly file: string;
}

/** Picture files of products. */
export interface PictureStore {
  /** Pictures named by products that are neither stored (from this source) nor given up. */
  pending(limit: number): readonly PictureTask[];
  pendingCount(): number;
  /** Gives a picture up until its source changes or `retryFailed` is called. */
  fail(task: PictureTask, reason: string): void;
  retryFailed(): void;
  /** Stores the bytes (WebP) under their hash and links them to the product. */
  put(task: PictureTask, bytes: Buffer): Promise<void>;
  /** Every stored picture, by product and position. */
  stored(): readonly StoredPicture[];
  /** The stored file for a product's picture, or undefined. */
  file(productId: string, position: number): string | undefined;
}

/** Makes a picture safe and small: WebP, upright, no metadata. Throws PICTURE_UNREADABLE or PICTURE_TOO_LARGE. */
export interface PictureNormaliser {
  normalise(bytes: Buffer): Promise<Buffer>;
}
