import { useCallback, useSyncExternalStore } from 'react';
import { PICTURES } from '../../chat/files';
import type { Refusal } from '../api/request';
import type { Product } from '../api/types';
import { type Draft, type DraftFile, EMPTY_DRAFT, type UploadProblem } from '../desk/drafts';
import { useDesk } from '../desk-context';
import type { TextKey } from '../texts';

const MOST_FILES = 5;
const MOST_PRODUCTS = 10;
const MOST_BYTES = 10 * 1024 * 1024;

/** What is about to be said in a conversation, and what changes it. Pictures go to the server at once. */
export function useDraft(ticketId: string) {
  const { desk, api } = useDesk();
  const { drafts } = desk;
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(ticketId));
  const change = useCallback(
    (fields: Partial<Draft>) => drafts.change(ticketId, (known) => ({ ...known, ...fields })),
    [drafts, ticketId],
  );

  /** Gives what is known of a file another state; nothing where the agent has taken it back meanwhile. */
  const replace = ({ key }: DraftFile, state: (known: DraftFile) => DraftFile) =>
    drafts.change(ticketId, (known) => ({
      ...known,
      files: known.files.map((file) => (file.key === key ? state(file) : file)),
    }));
  const upload = async (file: DraftFile) => {
    const answer = await api.upload(ticketId, file.file);
    const uploaded = answer.ok
      ? { uploaded: { kind: 'photo', attachmentId: answer.value.attachmentId, contentType: file.contentType } as const }
      : { problem: problemOf(answer) };
    replace(file, (known) => ({ ...known, ...uploaded }));
  };
  const retry = (file: DraftFile) => {
    replace(file, ({ problem: _, ...known }) => known);
    void upload(file);
  };
  /** Takes pictures; says why some are left out. */
  const addFiles = (chosen: Iterable<File>): TextKey | undefined => {
    let refusal: TextKey | undefined;
    for (const file of chosen) {
      const reason = refusalOf(file, drafts.get(ticketId).files.length);
      refusal ??= reason;
      if (reason) continue;
      const { name, type: contentType } = file;
      const added = { key: crypto.randomUUID(), name, file, contentType, url: URL.createObjectURL(file) };
      drafts.change(ticketId, (known) => ({ ...known, files: [...known.files, added] }));
      void upload(added);
    }
    return refusal;
  };
  const removeFile = (file: DraftFile) => {
    URL.revokeObjectURL(file.url);
    change({ files: draft.files.filter(({ key }) => key !== file.key) });
  };
  const toggleProduct = (product: Product) => {
    const { products } = drafts.get(ticketId);
    const others = products.filter(({ productId }) => productId !== product.productId);
    const added = others.length === products.length && products.length < MOST_PRODUCTS;
    change({ products: added ? [...products, product] : others });
  };
  /** After sending. A note leaves what was chosen for the shopper. */
  const clear = (isPrivate: boolean) => {
    if (isPrivate) {
      change({ text: '' });
      return;
    }
    for (const { url } of draft.files) URL.revokeObjectURL(url);
    change({ ...EMPTY_DRAFT, isPrivate: draft.isPrivate });
  };
  return { draft, change, addFiles, removeFile, retry, toggleProduct, clear };
}

/** What a refusal of a picture is to the agent. */
export function problemOf({ status }: Refusal): UploadProblem {
  if (status === 0) return 'notReached';
  if (status === 413) return 'tooLarge';
  return status === 415 || status === 422 ? 'unsupportedFile' : 'uploadFailed';
}

function refusalOf({ type, size }: File, present: number): TextKey | undefined {
  if (!PICTURES.split(',').includes(type)) return 'unsupportedFile';
  if (size > MOST_BYTES) return 'tooLarge';
  return present < MOST_FILES ? undefined : 'tooManyFiles';
}
