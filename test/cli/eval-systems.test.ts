import type { App } from '../../src/app';
import { makeSystems, SYSTEMS, systemsNamed } from '../../src/cli/eval-systems';
import type { LabelledQuery } from '../../src/training';
import { product, query } from '../training/fixtures';

/** An app with nothing that the systems made here look at before they are asked. */
const withoutEncoders = {} as App;
const setting = (queries: readonly LabelledQuery[] = [query('a', { a: 1 })]) => ({
  app: withoutEncoders,
  products: [product('a')],
  queries,
  seed: 1,
});

describe('systemsNamed', () => {
  it('finds systems by the names that reports print, each once, in the order asked', () => {
    expect(systemsNamed('bm25, vitrine,bm25,words only')?.map(({ name }) => name)).toEqual([
      'bm25',
      'vitrine',
      'words only',
    ]);
  });

  it.each(['', 'bm25,', 'BM26', 'vitrine;bm25'])('knows no system in %j', (names) => {
    expect(systemsNamed(names)).toBeUndefined();
  });

  it('has names that can be listed', () => {
    const names = SYSTEMS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(systemsNamed(names.join(','))).toEqual(SYSTEMS);
  });
});

describe('makeSystems', () => {
  it('makes all that have something to show, named and described', async () => {
    const systems = await makeSystems(setting(), undefined);
    expect(systems.map(({ name }) => name)).toEqual(['vitrine', 'bm25', 'random']);
    expect(systems.every(({ about }) => about)).toBe(true);
    const spoken = await makeSystems(setting([{ ...query('a', { a: 1 }), typed: 'a' }]), undefined);
    expect(spoken.map(({ name }) => name)).toContain('typed');
  });

  it('says what a chosen one lacks', async () => {
    const made = makeSystems(setting(), systemsNamed('bm25,plain sum'));
    await expect(made).rejects.toMatchObject({ code: 'SYSTEM_UNAVAILABLE' });
    await expect(made).rejects.toThrow('the system "plain sum" cannot be scored: there is no text encoder');
  });

  it('says that there are no photos', async () => {
    const encoders = { encoder: { space: 's' }, imageEncoder: { space: 's' } } as App;
    const made = makeSystems({ ...setting(), app: encoders }, systemsNamed('photo vector'));
    await expect(made).rejects.toThrow('no query has a photo');
  });
});
