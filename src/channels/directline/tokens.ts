import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { VitrineError } from '../../domain';

/** Seconds a token opens its conversation. */
export const TOKEN_SECONDS = 1800;
/** Seconds within which a stream address must be used. */
export const STREAM_SECONDS = 60;
const SHORTEST_KEY = 32;

/** What a token allows: one user in one conversation. */
export interface Grant {
  readonly conversationId: string;
  readonly userId: string;
}

/** What a stream address allows: a socket whose first activity is the one after `sequence`. */
export interface StreamGrant extends Grant {
  readonly sequence: number;
}

/** What a shopper's cookie says: who they are, and which consent lets it, by its time in milliseconds since 1970. */
export interface KnownShopper {
  readonly userId: string;
  readonly consent: number;
}

/** Signs and checks the tokens of the local Direct Line (JWT, HS256). */
export class Tokens {
  private readonly key: KeyObject;

  /** Throws CONFIG_INVALID for a key of less than 32 bytes. */
  constructor(
    key: Uint8Array,
    private readonly clock: () => Date,
  ) {
    if (key.byteLength < SHORTEST_KEY) {
      throw new VitrineError('CONFIG_INVALID', `The key that signs tokens must have at least ${SHORTEST_KEY} bytes.`);
    }
    this.key = createSecretKey(key);
  }

  issue(grant: Grant): Promise<string> {
    return this.sign(claimsOf(grant), 'conversation', TOKEN_SECONDS);
  }

  issueStream(grant: StreamGrant): Promise<string> {
    return this.sign({ ...claimsOf(grant), seq: grant.sequence }, 'stream', STREAM_SECONDS);
  }

  /** Opens no conversation. */
  issueShopper({ userId, consent }: KnownShopper, seconds: number): Promise<string> {
    return this.sign({ user: userId, consent }, 'shopper', seconds);
  }

  /** Opens no conversation by itself: whoever shows it may ask for a token of this one. */
  issueReturn(grant: Grant, seconds: number): Promise<string> {
    return this.sign(claimsOf(grant), 'return', seconds);
  }

  /** Throws FORBIDDEN for a token that is forged or has expired. */
  async open(token: string): Promise<Grant> {
    return grantOf(await this.verify(token, 'conversation'));
  }

  /** Throws FORBIDDEN for a token that is forged or has expired. */
  async openStream(token: string): Promise<StreamGrant> {
    const payload = await this.verify(token, 'stream');
    if (!Number.isSafeInteger(payload.seq)) throw invalid();
    return { ...grantOf(payload), sequence: Number(payload.seq) };
  }

  /** Throws FORBIDDEN for a token that is forged or has expired. */
  async openShopper(token: string): Promise<KnownShopper> {
    const { user, consent } = await this.verify(token, 'shopper');
    if (typeof user !== 'string' || typeof consent !== 'number') throw invalid();
    return { userId: user, consent };
  }

  /** Throws FORBIDDEN for a token that is forged or has expired. */
  async openReturn(token: string): Promise<Grant> {
    return grantOf(await this.verify(token, 'return'));
  }

  private sign(claims: JWTPayload, audience: string, seconds: number): Promise<string> {
    const now = Math.floor(this.clock().getTime() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.key);
  }

  private async verify(token: string, audience: string): Promise<JWTPayload> {
    try {
      const options = { algorithms: ['HS256'], audience, currentDate: this.clock(), requiredClaims: ['exp'] };
      return (await jwtVerify(token, this.key, options)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new VitrineError('FORBIDDEN', 'The token has expired.');
      throw invalid();
    }
  }
}

/** Clients read `user` out of the token. */
function claimsOf({ conversationId, userId }: Grant): JWTPayload {
  return { conv: conversationId, user: userId };
}

function grantOf(payload: JWTPayload): Grant {
  const { conv, user } = payload;
  if (typeof conv !== 'string' || typeof user !== 'string') throw invalid();
  return { conversationId: conv, userId: user };
}

function invalid(): VitrineError {
  return new VitrineError('FORBIDDEN', 'The token is not valid.');
}
