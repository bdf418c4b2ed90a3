import { parse } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { isAllowedOrigin } from './origins';

/** Cookies of Vitrine's own page that scripts can't read: signed by their users, to the Direct Line only. */
export class OwnPage {
  private readonly origin: string;
  private readonly isSecure: boolean;

  /** @param publicUrl the server's public address; under TLS cookies go over TLS only */
  constructor(publicUrl: string) {
    const { origin, protocol } = new URL(publicUrl);
    this.origin = origin;
    this.isSecure = protocol === 'https:';
  }

  /** Is a request from the page? Behind a proxy it may have the public address where the request names another host. */
  asks({ headers }: Request): boolean {
    return isAllowedOrigin(headers, [this.origin]);
  }

  /** Undefined for pages of other hosts, too. */
  read(name: string, request: Request): string | undefined {
    const { cookie } = request.headers;
    return cookie === undefined || !this.asks(request) ? undefined : parse(cookie)[name];
  }

  /** @param lifetime in milliseconds */
  give(name: string, value: string, lifetime: number, request: Request, response: Response): void {
    response.cookie(name, value, { ...this.place(request), maxAge: lifetime });
  }

  takeAway(name: string, request: Request, response: Response): void {
    response.clearCookie(name, this.place(request));
  }

  private place(request: Request): CookieOptions {
    return {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure || this.isSecure,
      path: request.baseUrl || '/',
    };
  }
}
