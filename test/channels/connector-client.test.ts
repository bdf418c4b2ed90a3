import { ConnectorClient, MicrosoftAppCredentials } from 'botframework-connector';
import { ShopAdapter } from '../../src/channels/adapter';
import { call, type Json, poll, type Started, startConversation, until } from './support/client';
import { type Harness, startHarness } from './support/harness';

let harness: Harness;
let client: ConnectorClient;
let started: Started;

// The connector's address is this process's secret: the adapter is asked where it sends.
beforeAll(async () => {
  let serviceUrl = '';
  const answer = jest.spyOn(ShopAdapter.prototype, 'answer').mockImplementationOnce(async (answered) => {
    serviceUrl = answered.serviceUrl;
  });
  harness = await startHarness();
  started = await startConversation(harness.directLine);
  await until(() => serviceUrl !== '');
  answer.mockRestore();
  client = new ConnectorClient(new MicrosoftAppCredentials('', ''), { baseUri: serviceUrl });
});
afterAll(() => harness.close());

const texts = async () => (await poll(harness.directLine, started)).map(({ text }) => text);
const id = () => started.conversationId;

it('takes, changes and removes what the bot says', async () => {
  const sent = await client.conversations.sendToConversation(id(), { type: 'message', text: 'one' });
  const answer = await client.conversations.replyToActivity(id(), sent.id, { type: 'message', text: 'two' });
  expect(await texts()).toEqual(['one', 'two']);
  expect((await client.conversations.updateActivity(id(), sent.id, { type: 'message', text: 'uno' })).id).toBe(sent.id);
  expect(await texts()).toEqual(['uno', 'two']);
  await client.conversations.deleteActivity(id(), answer.id);
  expect(await texts()).toEqual(['uno']);
  await client.conversations.sendToConversation(id(), { type: 'message', text: 'three' });
  expect(await texts()).toEqual(['uno', 'three']);
});

it('does not let the bot change what the shopper said', async () => {
  const url = `${harness.directLine}/conversations/${id()}/activities`;
  const { body } = await call(url, { token: started.token, body: { type: 'message', text: 'mine' } });
  const change = client.conversations.updateActivity(id(), String(body.id), { type: 'message', text: 'forged' });
  await expect(change).rejects.toMatchObject({ statusCode: 404 });
  await client.conversations.deleteActivity(id(), String(body.id));
  expect(await texts()).toContain('mine');
});

it('says who takes part', async () => {
  const members = await client.conversations.getConversationMembers(id());
  expect(members.map((member) => member.id)).toEqual([expect.stringMatching(/^dl_/), 'vitrine']);
  expect((await client.conversations.getConversationPagedMembers(id())).members).toHaveLength(2);
  expect((await client.conversations.getConversationMember(id(), 'vitrine')).id).toBe('vitrine');
  const sent = await client.conversations.sendToConversation(id(), { type: 'message', text: 'x' });
  expect(await client.conversations.getActivityMembers(id(), sent.id)).toHaveLength(2);
});

it('starts a conversation, and takes a transcript', async () => {
  const made = await client.conversations.createConversation({
    isGroup: false,
    bot: { id: 'vitrine', name: 'Vitrine' },
    members: [{ id: 'dl_new', name: '' }],
    activity: { type: 'message', text: 'hello' },
    channelData: {},
  } as never);
  expect(harness.log.userOf(made.id)).toBe('dl_new');
  await client.conversations.sendConversationHistory(made.id, {
    activities: [
      { type: 'message', text: 'a' },
      { type: 'message', text: 'b' },
    ] as never,
  });
  const said = harness.log.after(made.id, 0, 10).map(({ activity }) => activity.text);
  expect(said).toEqual(['hello', 'a', 'b']);
});

it('keeps files of the bot', async () => {
  const wav = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(40)]);
  const { id: file } = await client.conversations.uploadAttachment(id(), {
    type: 'audio/wav',
    name: 'a.wav',
    originalBase64: wav,
    thumbnailBase64: Buffer.alloc(0),
  });
  const info = await client.attachments.getAttachmentInfo(file);
  expect(info).toMatchObject({ name: 'a.wav', type: 'audio/wav', views: [{ viewId: 'original', size: wav.length }] });
  const shown = (await fetch(`${harness.origin}/v3/attachments/${file}/views/original`)) as Response;
  expect(Buffer.from(await shown.arrayBuffer()).equals(wav)).toBe(true);
  await expect(client.attachments.getAttachmentInfo('x')).rejects.toMatchObject({ statusCode: 404 });
});

it('refuses what is malformed', async () => {
  const bad = [
    client.conversations.sendToConversation('nowhere', { type: 'message', text: 'x' }),
    client.conversations.sendToConversation(id(), { text: 'no type' } as Json),
    client.conversations.createConversation({ members: [] } as never),
  ];
  const results = await Promise.allSettled(bad);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});
