import type { App } from '../app';
import { type ClickExamples, clickExamples, type Dataset, LEAST, MOST_OF_SHOPPER } from '../training';
import type { TrainingCatalogue } from './training-items';

/** A dataset with what shoppers clicked among its queries, where enough did; what came of it is said on standard output. */
export function withClicks(app: App, dataset: Dataset, { encoder }: TrainingCatalogue): Dataset {
  const { imageEncoder, recogniser } = app;
  const made = clickExamples(app.searchLog.searches(MOST_OF_SHOPPER), dataset, {
    space: encoder.space,
    encoders: {
      words: encoder.id,
      attributes: encoder.id,
      history: encoder.id,
      ...(imageEncoder && { photo: imageEncoder.id }),
      ...(recogniser && { voice: recogniser.id }),
    },
  });
  process.stdout.write(`${said(made).join('\n')}\n`);
  return {
    ...dataset,
    train: [...dataset.train, ...made.train],
    validation: [...dataset.validation, ...made.validation],
  };
}

function said({ train, validation, propensities, counts }: ClickExamples): string[] {
  const { searches, shoppers, otherEncoders, greedy } = counts;
  const found = `${searches} searches with clicks, of ${shoppers} shoppers`;
  const passed = [
    ...(otherEncoders > 0 ? [`${otherEncoders} searches of other models are passed over.`] : []),
    ...(greedy > 0 ? [`${greedy} searches of shoppers who clicked nearly everything are passed over.`] : []),
  ];
  if (propensities.length === 0) {
    const least = `${LEAST.searches} of ${LEAST.shoppers}`;
    return [`Clicks: ${found}; from ${least} on they are learnt from. Only the catalogue's queries are.`, ...passed];
  }
  const looks = propensities.map((look) => look.toFixed(2)).join(' ');
  return [
    `Clicks: ${found}: ${train.length} pairs to learn from, ${validation.length} for validation.`,
    `How often places are looked at, beside the first: ${looks}`,
    ...passed,
  ];
}
