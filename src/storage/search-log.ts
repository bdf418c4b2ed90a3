import {
  type EncodedQuery,
  type LoggedPlace,
  type LoggedSearch,
  type Modality,
  PROFILE_DAYS,
  type ProfileEventKind,
  type SearchLog,
  type ShopperId,
} from '../domain';
import { guarded, type Sqlite } from './database';
import { unpackVector } from './packed-vector';

const LIFETIME = PROFILE_DAYS * 24 * 3600 * 1000;

interface SearchKey {
  readonly searchId: string;
  readonly at: number;
}

interface PlaceRow {
  readonly productId: string;
  readonly sponsored: number;
  readonly score: number | null;
  readonly at: number;
  readonly clicked: ProfileEventKind | null;
}

interface VectorRow {
  readonly modality: Modality;
  readonly encoder: string;
  readonly space: string;
  readonly vector: Buffer;
}

/** Reads what `SqliteProfileStore` keeps of searches. */
export class SqliteSearchLog implements SearchLog {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = prepare(db);
  }

  *searches(most: number): Generator<LoggedSearch> {
    const { shoppers, newest } = this.statements;
    const since = this.clock() - LIFETIME;
    for (const [number, shopper] of guarded(() => shoppers.all({ since })).entries()) {
      for (const search of guarded(() => newest.all({ ...shopper, since, most }))) {
        yield { shopper: number, at: search.at, ...guarded(() => this.read(shopper, search)) };
      }
    }
  }

  private read(shopper: ShopperId, { searchId }: SearchKey): Pick<LoggedSearch, 'query' | 'places'> {
    const { places, vectors } = this.statements;
    const rows = vectors.all({ ...shopper, searchId });
    const query: EncodedQuery = Object.fromEntries(
      rows.map(({ modality, vector, ...made }) => [modality, { ...made, vector: unpackVector(vector) }]),
    );
    return { query, places: placesOf(places.all({ ...shopper, searchId })) };
  }
}

/** Rows of a search by position; those that were shown at one time are a page. */
function placesOf(rows: readonly PlaceRow[]): LoggedPlace[] {
  let place = 0;
  return rows.map(({ productId, sponsored, score, at, clicked }, i) => {
    place = rows[i - 1]?.at === at ? place + 1 : 1;
    return {
      productId,
      sponsored: sponsored === 1,
      place,
      ...(score !== null && { score }),
      ...(clicked && { clicked }),
    };
  });
}

const OF_SHOPPER = 'channel = @channel AND user_id = @userId';

function prepare(db: Sqlite) {
  return {
    shoppers: db.prepare<[{ since: number }], ShopperId>(
      'SELECT DISTINCT channel, user_id AS userId FROM search_vectors WHERE at >= @since ORDER BY channel, user_id',
    ),
    newest: db.prepare<[ShopperId & { since: number; most: number }], SearchKey>(
      `SELECT search_id AS searchId, max(at) AS at FROM search_vectors WHERE ${OF_SHOPPER} AND at >= @since
       GROUP BY search_id ORDER BY 2 DESC, search_id LIMIT @most`,
    ),
    vectors: db.prepare<[ShopperId & { searchId: string }], VectorRow>(
      `SELECT modality, encoder, space, vector FROM search_vectors WHERE ${OF_SHOPPER} AND search_id = @searchId`,
    ),
    places: db.prepare<[ShopperId & { searchId: string }], PlaceRow>(
      `SELECT product_id AS productId, sponsored, score, at, clicked FROM impressions
       WHERE ${OF_SHOPPER} AND search_id = @searchId ORDER BY position`,
    ),
  };
}
