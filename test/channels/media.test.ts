import type { Activity } from 'botbuilder';
import { incomingMessage } from '../../src/channels/incoming';

const ID = 'abcdefghijklmnopqrstuvwxyz012345';
const read = (attachments: readonly object[], conversation = 'local:c') => {
  const activity = { type: 'message', channelId: 'test', from: { id: 'u' }, text: 'like this', attachments };
  return incomingMessage(activity as unknown as Activity, conversation);
};

it('takes uploads by their ids and the pictures of other channels by their addresses', () => {
  const message = read([
    { contentType: 'image/webp', contentUrl: `http://localhost:3978/v3/attachments/${ID}/views/original` },
    { contentType: 'IMAGE/JPEG', contentUrl: 'https://channel.example/files/1.jpg?sig=x' },
    {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name: 'hat.png',
      content: { downloadUrl: 'https://files.example/2', fileType: 'png', uniqueId: 'x' },
    },
  ]);
  expect(message?.photos).toEqual([
    { kind: 'stored', id: ID },
    { kind: 'link', url: 'https://channel.example/files/1.jpg?sig=x' },
    { kind: 'link', url: 'https://files.example/2' },
  ]);
  expect(message?.hasAttachments).toBe(false);
});

it('takes an address of another channel for no upload, however it reads', () => {
  const url = `https://smba.example/emea/v3/attachments/${ID}/views/original`;
  const message = read([{ contentType: 'image/*', contentUrl: url }], 'channel:msteams:c');
  expect(message?.photos).toEqual([{ kind: 'link', url }]);
});

it('leaves other files to be named as such, and what is no address alone', () => {
  const message = read([
    { contentType: 'audio/ogg', contentUrl: 'https://channel.example/1.ogg' },
    { contentType: 'image/png' },
    { contentType: 'image/png', contentUrl: 'no address' },
    { contentType: 'image/png', contentUrl: { toString: 'x' } },
    { contentType: 7, contentUrl: 'https://channel.example/1.png' },
    {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      content: { downloadUrl: 'https://f.example/1', fileType: 'docx' },
    },
    { contentType: 'text/html', content: '<p>like this</p>' },
  ]);
  expect(message?.photos).toBeUndefined();
  expect(message?.hasAttachments).toBe(true);
  expect(read([{ contentType: 'text/html', content: '<p>x</p>' }])?.hasAttachments).toBe(false);
});

it('looks at five photos of a message', () => {
  const photo = { contentType: 'image/png', contentUrl: 'https://channel.example/1.png' };
  expect(read(Array.from({ length: 9 }, () => photo))?.photos).toHaveLength(5);
});

it('takes voice notes by what channels call them, and nothing else', () => {
  const url = 'https://channel.example/1';
  const teams = 'application/vnd.microsoft.teams.file.download.info';
  const message = read([
    { contentType: 'audio/webm', contentUrl: `http://localhost:3978/v3/attachments/${ID}/views/original` },
    { contentType: 'Audio/OGG; codecs=opus', contentUrl: url },
    { contentType: teams, content: { downloadUrl: url, fileType: 'MP3' } },
    { contentType: 'video/quicktime', contentUrl: url },
    { contentType: 'audiobook/x', contentUrl: url },
    { contentType: teams, content: { downloadUrl: url, fileType: 'docx' } },
    { contentType: 'audio/ogg', contentUrl: 'no address' },
  ]);
  expect(message?.voices).toEqual([
    { kind: 'stored', id: ID },
    { kind: 'link', url },
    { kind: 'link', url },
  ]);
  expect(message?.photos).toBeUndefined();
  expect(message?.hasAttachments).toBe(true);
});

it('listens to the first three notes, and has no file left over then', () => {
  const notes = Array.from({ length: 5 }, (_, i) => ({
    contentType: 'audio/ogg',
    contentUrl: `https://a.example/${i}`,
  }));
  const message = read(notes);
  expect(message?.voices).toHaveLength(3);
  expect(message?.hasAttachments).toBe(false);
});
