import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { ShopAdapter } from '../../src/channels/adapter';

const APP_ID = '00000000-0000-4000-8000-00000000000a';
const ISSUER = 'https://issuer.example';
const SERVICE_URL = 'https://channel.example/';
const activity = {
  type: 'message',
  id: 'a1',
  text: 'hi',
  channelId: 'test',
  serviceUrl: SERVICE_URL,
  conversation: { id: 'c' },
  from: { id: 'u' },
  recipient: { id: 'b' },
} as unknown as Activity;

let server: Server;
let adapter: ShopAdapter;
let key: CryptoKey;
let stranger: CryptoKey;
let reachable = true;

// The real SDK against an OpenID provider of our own: what Azure's would say, on loopback.
beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  stranger = (await generateKeyPair('RS256')).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', use: 'sig', endorsements: ['test'] };
  server = createServer((request, response) => {
    const origin = `http://${request.headers.host}`;
    const body = request.url === '/keys' ? { keys: [jwk] } : { issuer: ISSUER, jwks_uri: `${origin}/keys` };
    response.writeHead(reachable ? 200 : 500, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
// The SDK prints the public keys that it knows.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  reachable = true;
  // Another path each time: the SDK remembers the keys of an address.
  const metadata = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${Math.random()}`;
  const settings = {
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: 'x',
    ToChannelFromBotLoginUrl: 'https://login.example',
    ToChannelFromBotOAuthScope: 'https://api.example',
    ToBotFromChannelTokenIssuer: ISSUER,
    ToBotFromChannelOpenIdMetadataUrl: metadata,
    ToBotFromEmulatorOpenIdMetadataUrl: metadata,
    OAuthUrl: 'https://token.example',
    ValidateAuthority: 'true',
  };
  adapter = new ShopAdapter(new ConfigurationBotFrameworkAuthentication(settings), APP_ID);
});

async function token(claims: JWTPayload = {}, kid = 'k1', signer = key): Promise<string> {
  const payload = { serviceurl: SERVICE_URL, iss: ISSUER, aud: APP_ID, ...claims };
  const jwt = new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).setIssuedAt();
  return `Bearer ${await (claims.exp === undefined ? jwt.setExpirationTime('5m') : jwt).sign(signer)}`;
}

async function receive(authorization: string, sent: Activity = activity): Promise<boolean> {
  let ran = false;
  await adapter.receive(authorization, { ...sent }, async () => {
    ran = true;
  });
  return ran;
}

it('takes the token of its channel', async () => {
  expect(await receive(await token())).toBe(true);
});

it.each([
  ['no token', async () => ''],
  ['no bearer', async () => 'Basic abc'],
  ['a token of another bot', () => token({ aud: 'somebody-else' })],
  ['a token of another issuer', () => token({ iss: 'https://evil.example' })],
  ['a token for another channel address', () => token({ serviceurl: 'https://evil.example/' })],
  ['a token that has expired', () => token({ exp: Math.floor(Date.now() / 1000) - 3600 })],
  ['a key that was rotated away', () => token({}, 'k0')],
  ["another's signature under a known key's name", () => token({}, 'k1', stranger)],
  [
    'alg none',
    async () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = { serviceurl: SERVICE_URL, iss: ISSUER, aud: APP_ID, exp: 9_999_999_999 };
      return `Bearer ${part({ alg: 'none', kid: 'k1' })}.${part(claims)}.`;
    },
  ],
])('turns away %s', async (_name, make) => {
  await expect(receive(await make())).rejects.toMatchObject({ code: 'UNAUTHORISED' });
});

it('turns away a channel that the key is not for', async () => {
  const other = { ...activity, channelId: 'msteams' } as Activity;
  await expect(receive(await token(), other)).rejects.toMatchObject({ code: 'UNAUTHORISED' });
});

it('asks for another try when the keys cannot be read', async () => {
  reachable = false;
  await expect(receive(await token())).rejects.toMatchObject({ code: 'NOT_READY' });
});
