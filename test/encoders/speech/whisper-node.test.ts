import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { whisperNodeFolder, whisperNodeGap } from '../../../src/encoders';
import { wavOf } from '../../../src/encoders/speech/wav';
import { WhisperNodeRecogniser } from '../../../src/encoders/speech/whisper-node';
import { tones } from '../../support/tones';
import { RED_MUG, stagedWhisperNode } from '../../support/whisper-node';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-whisper-node-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const speech = tones([400, 1]);
const writes = (answer: unknown) => `cat > "$file.json" <<'END'\n${JSON.stringify(answer)}\nEND\n`;
const staged = (script: string, more: { deadline?: number; queueLimit?: number } = {}) =>
  new WhisperNodeRecogniser({ model: 'base', folder: stagedWhisperNode(dir, script), ...more });
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('vitrine-voice-'));
/** What a script of ours noted, once it is there. */
async function noted(name: string): Promise<string> {
  const file = join(dir, name);
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await wait(10);
  return readFileSync(file, 'utf8').trim();
}
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // One that nobody has waited for yet is no longer running.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

it('hears by whisper-node itself, in a process of its own, and leaves nothing behind', async () => {
  const [before, cwd] = [leftovers(), process.cwd()];
  const script = `pwd > ${dir}/cwd; env > ${dir}/env; echo "$@" > ${dir}/args; cp "$file" ${dir}/wav; ls -la "$(dirname "$file")" > ${dir}/ls;`;
  process.env.VITRINE_TEST_SECRET = 'secret';
  const heard = await staged(script + writes(RED_MUG)).recognise(speech);
  delete process.env.VITRINE_TEST_SECRET;
  expect(heard).toEqual({ text: 'Red mug.', language: 'en', confidence: expect.closeTo(0.8653, 3) });
  // whisper-node goes to its own folder; this process stays where it was.
  expect(readFileSync(join(dir, 'cwd'), 'utf8').trim()).toMatch(/whisper-node\/lib\/whisper\.cpp$/);
  expect(process.cwd()).toBe(cwd);
  expect(readFileSync(join(dir, 'env'), 'utf8')).not.toContain('secret');
  expect(readFileSync(join(dir, 'args'), 'utf8')).toMatch(
    /^-l auto -ojf -m \.\/models\/ggml-base\.bin -f \/[\w./-]+\/vitrine-voice-\w+\/voice\.wav\n$/,
  );
  expect(readFileSync(join(dir, 'wav'))).toEqual(wavOf(speech));
  expect(readFileSync(join(dir, 'ls'), 'utf8')).toMatch(/^drwx------/m);
  expect(leftovers()).toEqual(before);
});

it.each([
  ['fails', 'exit 3'],
  ['writes nothing', 'exit 0'],
  ['writes no JSON', 'echo nonsense > "$file.json"'],
  ['ends the process that runs it', 'kill -9 $PPID'],
])('says no more than that it failed when whisper.cpp %s', async (_name, script) => {
  const before = leftovers();
  const recogniser = staged(script);
  await expect(recogniser.recognise(speech)).rejects.toMatchObject({ code: 'RECOGNISER_FAILED' });
  expect(leftovers()).toEqual(before);
  await recogniser.close();
});

it('hears nothing in sounds that are no speech, nor in less than a word', async () => {
  const blank = { text: ' [BLANK_AUDIO]', tokens: [{ text: ' [BLANK_AUDIO]', p: 0.9 }] };
  const recogniser = staged(writes({ ...RED_MUG, transcription: [blank] }));
  expect(await recogniser.recognise(speech)).toEqual({ text: '', confidence: 0 });
  expect(await failing().recognise(tones([400, 0.2]))).toEqual({ text: '', confidence: 0 });
});
/** One that would fail if it were started. */
function failing(): WhisperNodeRecogniser {
  const other = mkdtempSync(join(dir, 'other-'));
  return new WhisperNodeRecogniser({ model: 'base', folder: stagedWhisperNode(other, 'exit 1') });
}

it('kills all that it started when it takes too long', async () => {
  const recogniser = staged(`echo $$ > ${dir}/pid; sleep 600`, { deadline: 3_000 });
  const hearing = recogniser.recognise(speech);
  const failure = expect(hearing).rejects.toMatchObject({
    code: 'RECOGNISER_FAILED',
    message: expect.stringContaining('too long'),
  });
  const pid = Number(await noted('pid'));
  expect(isRunning(pid)).toBe(true);
  await failure;
  while (isRunning(pid)) await wait(10);
});

it('kills it when nobody waits any more, and goes on with the next one', async () => {
  const script = `if [ -e ${dir}/pid ]; then ${writes(RED_MUG)}\nelse echo $$ > ${dir}/pid; sleep 600; fi`;
  const recogniser = staged(script);
  const controller = new AbortController();
  const first = recogniser.recognise(speech, { signal: controller.signal });
  const failure = expect(first).rejects.toMatchObject({ code: 'RECOGNISER_FAILED' });
  const second = recogniser.recognise(speech);
  const pid = Number(await noted('pid'));
  controller.abort();
  await failure;
  while (isRunning(pid)) await wait(10);
  expect(await second).toMatchObject({ text: 'Red mug.' });
});

it('takes no more than it can hear, and ends what is under way when it closes', async () => {
  const recogniser = staged(`echo $$ > ${dir}/pid; sleep 600`, { queueLimit: 2 });
  const two = [recogniser.recognise(speech), recogniser.recognise(speech)];
  const failures = two.map((each) => expect(each).rejects.toMatchObject({ code: 'RECOGNISER_FAILED' }));
  await expect(recogniser.recognise(speech)).rejects.toMatchObject({ message: expect.stringContaining('Too much') });
  const pid = Number(await noted('pid'));
  await recogniser.close();
  await Promise.all(failures);
  while (isRunning(pid)) await wait(10);
});

it('starts nothing where the engine or the model is missing, and says what to do', async () => {
  const bare = stagedWhisperNode(dir, undefined, '');
  const recogniser = new WhisperNodeRecogniser({ model: 'base', folder: bare });
  await expect(recogniser.recognise(speech)).rejects.toMatchObject({
    code: 'RECOGNISER_FAILED',
    message: `whisper.cpp is not compiled: run "make -C ${bare}/lib/whisper.cpp main"`,
  });
  const other = mkdtempSync(join(dir, 'other-'));
  const modelless = stagedWhisperNode(other, 'exit 1', '');
  await expect(
    new WhisperNodeRecogniser({ model: 'small', folder: modelless }).recognise(speech),
  ).rejects.toMatchObject({
    code: 'MODEL_MISSING',
    message: `ggml-small.bin is missing: run "bash ${modelless}/lib/whisper.cpp/models/download-ggml-model.sh small"`,
  });
  expect(whisperNodeGap(undefined, 'base')?.error).toMatchObject({ code: 'RECOGNISER_FAILED' });
});

it('survives that the import ends its process, as whisper-node does where it cannot compile', async () => {
  // The gap is found before; here whisper.cpp goes away in between, and there is no Makefile.
  const folder = stagedWhisperNode(dir, 'exit 1');
  rmSync(join(folder, 'lib', 'whisper.cpp', 'main'));
  const child = join(
    dirname(require.resolve('../../../package.json')),
    'dist/src/encoders/speech/whisper-node-child.js',
  );
  const { fork } = await import('node:child_process');
  const forked = fork(child, [], { stdio: 'ignore', execArgv: [], detached: true });
  const code = new Promise((resolve) => forked.once('exit', resolve));
  forked.send({ package: folder, wav: join(dir, 'voice.wav'), model: 'base' });
  expect(await code).toBe(1);
});

it('finds the installed package, which is not compiled unless somebody did so', () => {
  const folder = whisperNodeFolder();
  expect(folder).toMatch(/node_modules\/whisper-node$/);
  const compiled = existsSync(join(folder ?? '', 'lib', 'whisper.cpp', 'main'));
  if (!compiled) expect(whisperNodeGap(folder, 'base')?.advice).toContain('make -C');
});
