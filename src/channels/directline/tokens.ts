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
    return this.sign(grant, 'conversation', TOKEN_SECONDS, {});
  }

  issueStream(grant: StreamGrant): Promise<string> {
    return this.sign(grant, 'stream', STREAM_SECONDS, { seq: grant.sequence });
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

  private sign(grant: Grant, audience: string, seconds: number, more: JWTPayload): Promise<string> {
    const now = Math.floor(this.clock().getTime() / 1000);
    // Clients read `user` out of the token.
    return new SignJWT({ ...more, conv: grant.conversationId, user: grant.userId })
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

function grantOf(payload: JWTPayload): Grant {
  const { conv, user } = payload;
  if (typeof conv !== 'string' || typeof user !== 'string') throw invalid();
  return { conversationId: conv, userId: user };
}

function invalid(): VitrineError {
  return new VitrineError('FORBIDDEN', 'The token is not valid.');
}
