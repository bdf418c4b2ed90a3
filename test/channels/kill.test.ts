import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { soak } from '../soak/soak';

const SERVER = join(__dirname, '..', '..', 'dist', 'test', 'soak', 'server.js');

// The whole soak is "npm run bench -- soak"; it needs what "tsc -p tsconfig.json" compiles.
it('loses and doubles nothing when the server is killed at random moments', async () => {
  expect(existsSync(SERVER)).toBe(true);
  const report = await soak(8, { server: SERVER });
  expect(report).toMatchObject({ kills: 8, lost: 0, doubled: 0, wrongState: 0 });
  expect(report.acknowledged).toBeGreaterThan(0);
}, 300_000);
