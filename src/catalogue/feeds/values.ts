import type { AgeGroup, Availability, Condition, Gender } from '../../domain';
import { MOST_LINK } from './limits';

const AVAILABILITY = new Map<string, Availability>([
  ['instock', 'in_stock'],
  ['limitedavailability', 'in_stock'],
  ['onlineonly', 'in_stock'],
  ['instoreonly', 'in_stock'],
  ['available', 'in_stock'],
  ['availablefororder', 'in_stock'],
  ['outofstock', 'out_of_stock'],
  ['soldout', 'out_of_stock'],
  ['discontinued', 'out_of_stock'],
  ['reserved', 'out_of_stock'],
  ['preorder', 'preorder'],
  ['presale', 'preorder'],
  ['backorder', 'backorder'],
]);
const GENDER = new Map<string, Gender>([
  ['female', 'female'],
  ['women', 'female'],
  ['male', 'male'],
  ['men', 'male'],
  ['unisex', 'unisex'],
]);
const AGE_GROUP = new Map<string, AgeGroup>([
  ['newborn', 'newborn'],
  ['infant', 'infant'],
  ['toddler', 'toddler'],
  ['kids', 'kids'],
  ['adult', 'adult'],
]);
const CONDITION = new Map<string, Condition>([
  ['new', 'new'],
  ['newcondition', 'new'],
  ['refurbished', 'refurbished'],
  ['refurbishedcondition', 'refurbished'],
  ['used', 'used'],
  ['usedcondition', 'used'],
  ['damagedcondition', 'used'],
]);

/** `In stock`, `in_stock` and `https://schema.org/InStock` are one value. */
function plain(value: string): string {
  return value
    .slice(0, 80)
    .toLowerCase()
    .replace(/^https?:\/\/schema\.org\//, '')
    .replace(/[\s_-]/g, '');
}

export const parseAvailability = (value: string): Availability | undefined => AVAILABILITY.get(plain(value));
export const parseGender = (value: string): Gender | undefined => GENDER.get(plain(value));
export const parseAgeGroup = (value: string): AgeGroup | undefined => AGE_GROUP.get(plain(value));
export const parseCondition = (value: string): Condition | undefined => CONDITION.get(plain(value));

/** A whole number from 0, also as spreadsheets write it ("12.0"). */
export function parseCount(value: string): number | undefined {
  return /^\d{1,15}(?:[.,]0{1,4})?$/.test(value) ? Number.parseInt(value, 10) : undefined;
}

/** A mean or a mark from `least` to 5, with a decimal point or comma. */
export function parseRating(value: string, least: 0 | 1): number | undefined {
  if (!/^\d(?:[.,]\d{1,17})?$/.test(value)) return undefined;
  const rating = Number(value.replace(',', '.'));
  return rating >= least && rating <= 5 ? rating : undefined;
}

/** A GTIN-8, -12, -13 or -14 without spaces and hyphens; undefined when its length or check digit is wrong. */
export function parseGtin(value: string): string | undefined {
  const digits = value.length <= 40 ? value.replace(/[\s'-]/g, '') : '';
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return undefined;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 1 : 3);
  }
  return sum % 10 === 0 ? digits : undefined;
}

/** An absolute http or https address without credentials, in normal form. */
export function parseLink(value: string): string | undefined {
  if (value.length > MOST_LINK || !/^https?:\/\//i.test(value)) return undefined;
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.username || url.password ? undefined : url.href;
}

/** As `parseLink`, or a path inside the feed's folder: relative, with forward slashes and no way up. */
export function parseImageLink(value: string): string | undefined {
  if (/^https?:\/\//i.test(value)) return parseLink(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters have no place in a path.
  if (value.length > MOST_LINK || value === '' || /[:\\\x00-\x1f\x7f]/.test(value) || value.startsWith('/'))
    return undefined;
  return value.split('/').includes('..') ? undefined : value;
}
