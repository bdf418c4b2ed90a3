import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type HttpClient = NonNullable<ConnectorOptions['httpClient']>;

/** Longest wait for the local connector, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * The SDK's HTTP client for the connector of this very process. The SDK's own client would send even loopback requests,
 * with the connector's secret address, through a proxy named in the environment.
 */
export const loopbackClient: HttpClient = {
  async sendRequest(request) {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { 'content-type': 'application/json' },
      ...(request.body === undefined || request.body === null ? {} : { body: String(request.body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const headers = request.headers.clone();
    for (const name of headers.headerNames()) headers.remove(name);
    for (const [name, value] of response.headers) headers.set(name, value);
    return { request, headers, status: response.status, bodyAsText: await response.text() };
  },
};
