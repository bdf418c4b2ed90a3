import type { Request, Response } from 'express';
import { type ResumableConversations, VitrineError } from '../../domain';
import type { OwnPage } from './own-page';
import type { Grant, Tokens } from './tokens';

/** The cookie by which a browser comes back to its conversation on Vitrine's own page. */
export const CONVERSATION_COOKIE = 'vitrine_conversation';
const LIFETIME = 30 * 24 * 3600 * 1000;

export interface ReturnsOptions {
  readonly tokens: Tokens;
  readonly page: OwnPage;
  readonly resumables: ResumableConversations;
}

/**
 * Lets the browser that started a conversation come back to it after its tab was closed: by a signed cookie, which opens
 * nothing itself. It lasts 30 days from the last visit; a new conversation takes its place.
 */
export class Returns {
  constructor(private readonly options: ReturnsOptions) {}

  /** To be called when a conversation was started, or gone on in. Does nothing for pages of other hosts. */
  async keep(grant: Grant, request: Request, response: Response): Promise<void> {
    const { tokens, page } = this.options;
    if (!page.asks(request)) return;
    page.give(CONVERSATION_COOKIE, await tokens.issueReturn(grant, LIFETIME / 1000), LIFETIME, request, response);
  }

  /**
   * The conversation to go on in. Undefined, whatever the reason, where there is none: the cookie is missing, forged or too
   * old, or the conversation was erased, belongs to another user, or is left alone for too long. Throws FORBIDDEN for pages
   * of other hosts.
   */
  async find(request: Request, response: Response): Promise<Grant | undefined> {
    if (!this.options.page.asks(request)) throw new VitrineError('FORBIDDEN', 'Only the shop’s own page comes back.');
    const grant = await this.read(request);
    if (grant && this.options.resumables.isResumable(grant.conversationId, grant.userId)) {
      await this.keep(grant, request, response);
      return grant;
    }
    this.drop(request, response);
    return undefined;
  }

  /** Takes the cookie away. */
  drop(request: Request, response: Response): void {
    const { page } = this.options;
    if (page.read(CONVERSATION_COOKIE, request) === undefined) return;
    page.takeAway(CONVERSATION_COOKIE, request, response);
  }

  /** Takes the cookie away where it is of this user: another tab's may be of somebody else. */
  async forget(userId: string, request: Request, response: Response): Promise<void> {
    if ((await this.read(request))?.userId === userId) this.drop(request, response);
  }

  private async read(request: Request): Promise<Grant | undefined> {
    const cookie = this.options.page.read(CONVERSATION_COOKIE, request);
    return cookie === undefined ? undefined : this.options.tokens.openReturn(cookie).catch(() => undefined);
  }
}
