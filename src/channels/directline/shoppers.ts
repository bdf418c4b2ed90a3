import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { PROFILE_DAYS, type ProfileStore, VitrineError } from '../../domain';
import type { OwnPage } from './own-page';
import type { Grant, Tokens } from './tokens';

/** The cookie by which Vitrine's own page is recognised. */
export const SHOPPER_COOKIE = 'vitrine_shopper';
/** The channel of local conversations, as profiles name it. */
const CHANNEL = 'directline';
const LIFETIME = PROFILE_DAYS * 24 * 3600 * 1000;

export interface ShoppersOptions {
  readonly tokens: Tokens;
  readonly profiles: Pick<ProfileStore, 'consentedAt'>;
  readonly page: OwnPage;
}

/**
 * Who talks on Vitrine's own page, over conversations: whoever let the shop remember them is given a signed cookie that
 * scripts can't read. It names the consent that it rests on, so it is worth nothing once that is withdrawn or erased, not even
 * where the same shopper consents anew. Everybody else gets an id for one conversation.
 */
export class Shoppers {
  constructor(private readonly options: ShoppersOptions) {}

  /** The user id of a new conversation; never one that the client says. A cookie that is worth nothing is taken away. */
  async recognise(request: Request, response: Response): Promise<string> {
    const { page } = this.options;
    const cookie = page.read(SHOPPER_COOKIE, request);
    if (cookie === undefined) return `dl_${randomUUID()}`;
    const userId = await this.known(cookie);
    if (userId === undefined) {
      page.takeAway(SHOPPER_COOKIE, request, response);
      return `dl_${randomUUID()}`;
    }
    // It lasts from the last visit on.
    await this.give(userId, request, response);
    return userId;
  }

  /**
   * Brings the browser's cookie in step with the consent of a conversation's shopper; returns whether there is one. Throws
   * FORBIDDEN for pages of other hosts.
   */
  async settle({ userId }: Grant, request: Request, response: Response): Promise<boolean> {
    const { page } = this.options;
    if (!page.asks(request)) throw new VitrineError('FORBIDDEN', 'Only the shop’s own page is remembered.');
    const isKnown = await this.give(userId, request, response);
    if (!isKnown) page.takeAway(SHOPPER_COOKIE, request, response);
    return isKnown;
  }

  private async give(userId: string, request: Request, response: Response): Promise<boolean> {
    const consent = this.consentOf(userId);
    if (consent === undefined) return false;
    const token = await this.options.tokens.issueShopper({ userId, consent }, LIFETIME / 1000);
    this.options.page.give(SHOPPER_COOKIE, token, LIFETIME, request, response);
    return true;
  }

  /** Undefined for a cookie that is forged, is too old, or rests on a consent that no longer holds. */
  private async known(cookie: string): Promise<string | undefined> {
    const shopper = await this.options.tokens.openShopper(cookie).catch(() => undefined);
    return shopper && this.consentOf(shopper.userId) === shopper.consent ? shopper.userId : undefined;
  }

  private consentOf(userId: string): number | undefined {
    return this.options.profiles.consentedAt({ channel: CHANNEL, userId });
  }
}
