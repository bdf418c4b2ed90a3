import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language } from '../../src/domain';
import { readClassifier, TrainedSentiment } from '../../src/understanding';
import { withTemporaryApp } from '../support/data-dir';
import { shopper } from './support/shopper';

/** The weights that come with Vitrine, by words alone. */
function trained(): TrainedSentiment {
  const root = packageRoot();
  const classifier = readClassifier(
    { DATA_DIR: join(root, 'no-such-folder'), MODELS_DIR: join(root, 'models') },
    'sentiment',
  );
  if (!classifier) throw new Error('there are no weights');
  return new TrainedSentiment(classifier);
}

/** Two angry messages that are not among the phrases, and how a person is offered, in each language. */
const ANGRY: readonly [Language, string, string, string][] = [
  ['en', 'terrible service, I am so angry', 'this is ridiculous, you are useless', 'Shall I get a person'],
  [
    'de',
    'so ein mieser Service, ich bin echt sauer',
    'was für ein nutzloser Bot, unglaublich',
    'Soll ich einen Menschen',
  ],
  ['zh', '服务太差了，气死我了', '垃圾机器人，一点用都没有，太失望了', '需要我为您转接'],
];

it('an angry shopper is offered a person by the second message; a calm one never', async () => {
  await withTemporaryApp(
    async (app) => {
      await app.indexer.sync({ rebuild: true });
      for (const [language, first, second, offer] of ANGRY) {
        const say = shopper(app, language);
        const said = [await say(first), await say(second)].map(({ text }) => text);
        expect(said.join('\n')).toContain(offer);
      }
      const say = shopper(app, 'en');
      for (const text of [
        'cheap shoes',
        'no, not red',
        'a broken-in leather jacket',
        'too expensive',
        'where is my order?',
      ]) {
        expect((await say(text)).text).not.toContain('I am sorry about that.');
      }
    },
    { sentiment: trained() },
    { MODELS: 'none' },
  );
});
