import { loadConfig } from '../../src/config';

const URL = 'https://hub.example/activities';
const SECRET = '0123456789abcdef';

it('takes an outside hub with its address and secret', () => {
  const config = loadConfig(
    {},
    { HANDOFF: 'hub', HANDOFF_HUB_URL: URL, HANDOFF_HUB_SECRET: SECRET, HANDOFF_HUB_CONTEXT: '{"Skill":"sales"}' },
  );
  expect(config).toMatchObject({ HANDOFF: 'hub', HANDOFF_HUB_CONTEXT: { Skill: 'sales' } });
});

it.each<[string, NodeJS.ProcessEnv, RegExp]>([
  ['no address', { HANDOFF: 'hub' }, /^HANDOFF_HUB_URL must be set with HANDOFF=hub/],
  ['a secret without an address', { HANDOFF_HUB_SECRET: SECRET }, /^HANDOFF_HUB_URL must be set with/],
  ['an address without a secret', { HANDOFF: 'hub', HANDOFF_HUB_URL: URL }, /^HANDOFF_HUB_SECRET must be set with/],
  [
    'a short secret',
    { HANDOFF_HUB_URL: URL, HANDOFF_HUB_SECRET: 'short' },
    /^HANDOFF_HUB_SECRET \(set in the environment\): must have at least 16 characters/,
  ],
  [
    'a secret that no header can hold',
    { HANDOFF_HUB_URL: URL, HANDOFF_HUB_SECRET: 'ein Schlüssel mit ü' },
    /^HANDOFF_HUB_SECRET .*must have/,
  ],
  ['no web address', { HANDOFF_HUB_URL: 'ftp://hub.example' }, /^HANDOFF_HUB_URL .*http or https/],
  [
    'an address with a password',
    { HANDOFF_HUB_URL: 'https://a:b@hub.example' },
    /^HANDOFF_HUB_URL .*no name or password/,
  ],
  ['a context that is no JSON', { HANDOFF_HUB_CONTEXT: 'sales' }, /^HANDOFF_HUB_CONTEXT .*must be a JSON object/],
  ['a context that is no object', { HANDOFF_HUB_CONTEXT: '["sales"]' }, /^HANDOFF_HUB_CONTEXT .*must be a JSON object/],
])('says what is wrong with a hub with %s, and never the secret', (_name, env, message) => {
  expect(() => loadConfig({}, env)).toThrow(message);
  expect(() => loadConfig({}, env)).not.toThrow(env.HANDOFF_HUB_SECRET ?? 'x'.repeat(100));
});
