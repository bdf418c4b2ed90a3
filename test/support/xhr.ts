/** As much of XMLHttpRequest as DirectLineJS uses, on top of fetch; Node has none. */
export class FetchXMLHttpRequest {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseType = '';
  timeout = 0;
  withCredentials = false;
  readonly upload = {};
  onreadystatechange: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  ontimeout: ((event: object) => void) | null = null;
  private method = 'GET';
  private url = '';
  private received = new Headers();
  private readonly headers = new Headers();
  private readonly controller = new AbortController();

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
    this.readyState = 1;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.received.get(name);
  }

  abort(): void {
    this.controller.abort();
  }

  send(body?: string | FormData): void {
    const { method, headers } = this;
    const { signal } = this.controller;
    fetch(this.url, { method, headers, signal, ...(body === undefined ? {} : { body }) })
      .then(async (response) => {
        const bytes = await response.arrayBuffer();
        this.status = response.status;
        this.received = response.headers;
        this.response = this.responseType === 'arraybuffer' ? bytes : readText(bytes, this.responseType);
        this.readyState = 4;
        this.onreadystatechange?.({});
      })
      .catch(() => {
        if (!signal.aborted) this.onerror?.({});
      });
  }
}

function readText(bytes: ArrayBuffer, type: string): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  return type === 'json' && text !== '' ? JSON.parse(text) : text;
}
