// After "npm install": adds to package-lock.json the optional binaries of other platforms that the registry in use did not
// hold. Without them "npm ci" takes the lock file for out of date; with them each platform fetches only its own.
import { readFileSync, writeFileSync } from 'node:fs';

const OS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'aix', 'netbsd', 'openbsd', 'sunos'];
const CPU = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32'];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { packages } = lock;
let added = 0;
for (const [path, info] of Object.entries({ ...packages })) {
  delete packages[path].resolved;
  for (const [name, version] of Object.entries(info.optionalDependencies ?? {})) {
    const os = OS.find((word) => name.includes(`-${word}`));
    const cpu = CPU.find((word) => name.includes(`-${word}`));
    const key = `node_modules/${name}`;
    if (path === '' || packages[`${path}/${key}`] || packages[key] || !os || !cpu || !/^\d/.test(version)) continue;
    const libc = /-musl\b/.test(name) ? ['musl'] : /-gnu/.test(name) ? ['glibc'] : undefined;
    packages[key] = {
      version,
      cpu: [cpu],
      optional: true,
      os: [os],
      ...(libc && { libc }),
      ...(info.dev && { dev: true }),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} packages of other platforms added\n`);
