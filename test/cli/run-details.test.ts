import { fileName, runDetails } from '../../src/cli/run-details';

describe('fileName', () => {
  it.each([
    ['/home/me/secret/feed.tsv', 'feed.tsv'],
    ['feeds/', 'feeds'],
    ['https://user:password@shop.example/export/feed.xml?token=secret', 'feed.xml'],
    ['https://shop.example', 'shop.example'],
    ['http://[', 'address'],
  ])('%s → %s', (source, name) => {
    expect(fileName(source)).toBe(name);
  });
});

describe('runDetails', () => {
  it('says the command without folders, odd names quoted', () => {
    const details = runDetails(
      {
        catalogue: '/a/b/my feed.tsv',
        queries: "/a/it's.jsonl",
        validation: '/v/validation.jsonl',
        systems: ['vitrine', 'words only'],
        seed: 7,
        report: '/out/report',
      },
      new Date(0),
      '1.0.0',
    );
    expect(details.command).toBe(
      "vitrine eval --catalogue 'my feed.tsv' --queries 'it'\\''s.jsonl' --validation validation.jsonl " +
        "--systems 'vitrine,words only' --seed 7 --report report",
    );
    expect(details).toMatchObject({
      date: '1970-01-01T00:00:00.000Z',
      version: '1.0.0',
      files: { catalogue: 'my feed.tsv', queries: "it's.jsonl", validation: 'validation.jsonl' },
      machine: { node: process.versions.node },
    });
    expect(JSON.stringify(details)).not.toContain('/a/');
  });
});
