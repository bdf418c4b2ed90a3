import type { Locator, Page } from 'playwright-core';
import { AGENT_PASSWORD } from './shop-server';

/** Signs an agent in at the console's page. */
export async function signIn(page: Page, name: string, password = AGENT_PASSWORD): Promise<void> {
  await page.locator('input[autocomplete="username"]').fill(name);
  await page.locator('input[type="password"]').fill(password);
  await page.keyboard.press('Enter');
}

/** The conversation in front. */
export const talkOf = (page: Page): Locator => page.locator('.talk[data-front="true"]');

/** Writes in the conversation in front, and sends it by the keyboard. */
export async function write(page: Page, words: string): Promise<void> {
  const box = talkOf(page).locator('.composer textarea');
  await box.fill(words);
  await box.press('Enter');
}

/** Waits until a conversation shows these words, said by a shopper, an agent or the bot. */
export async function reads(page: Page, speaker: 'shopper' | 'agent' | 'bot', words: string): Promise<void> {
  await talkOf(page).locator(`.entry-${speaker} .bubble`, { hasText: words }).last().waitFor();
}

/** The words of a conversation in their order, with who said them. */
export function transcriptOf(page: Page): Promise<string[]> {
  return page.evaluate(`
    [...document.querySelectorAll('.talk[data-front="true"] .entry:not(.entry-pending) .bubble:not(.typing)')]
      .map((bubble) => /entry-(\\w+)/.exec(bubble.parentElement.className)[1] + ': ' + bubble.textContent)
  `);
}

/** What sticks out of the page at its side; what scrolls by itself may. */
export function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(`
    [...document.querySelectorAll('body, body *')]
      .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1)
      .filter((part) => !part.closest('.unseen, .entry-products'))
      .map((part) => part.className || part.localName)
      .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls'] : [])
  `);
}

/** Asks the console's API as the page of an agent does. */
export function asked(page: Page, path: string): Promise<{ status: number; body: string }> {
  return page.evaluate(
    `fetch('/agent/api/${path}').then(async (answer) => ({ status: answer.status, body: await answer.text() }))`,
  );
}
