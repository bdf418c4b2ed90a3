// The browser tests need Chromium: uses the one that is there, else installs Debian's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!found) {
  process.stderr.write('Chromium is missing; installing the package "chromium" of Debian for the browser tests …\n');
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  const installed =
    apt('update').status === 0 &&
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk').status === 0;
  if (!installed) {
    process.stderr.write(
      'Chromium could not be installed (it needs Debian or Ubuntu and root).\nInstall Chromium or Chrome yourself, set CHROMIUM to its path, and run "npm test" again.\n',
    );
    process.exit(1);
  }
}
