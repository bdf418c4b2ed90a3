import { firstText, isObject, listOf, own, textOf, typesOf } from './json';
import type { FieldName } from './raw';

type Fields = Partial<Record<FieldName, string>>;

/** Price, availability, stock and condition out of `offers`: the first offer that has a price, else the first. */
export function offerFields(product: unknown): Fields {
  const offers = listOf(own(product, 'offers')).filter(isObject);
  const offer = offers.find((candidate) => amountOf(candidate) !== undefined) ?? offers[0];
  if (!offer) return {};
  const inner = listOf(own(offer, 'offers')).find(isObject);
  const currency = firstText(offer, 'priceCurrency') ?? firstText(inner, 'priceCurrency');
  const stock = own(offer, 'inventoryLevel') ?? own(inner, 'inventoryLevel');
  const fields: Fields = { ...priceFields(offer, currency) };
  if (!fields.price && inner) Object.assign(fields, priceFields(inner, currency));
  assign(fields, 'availability', firstText(offer, 'availability') ?? firstText(inner, 'availability'));
  assign(fields, 'quantity', textOf(isObject(stock) ? own(stock, 'value') : stock));
  assign(fields, 'condition', firstText(offer, 'itemCondition') ?? firstText(inner, 'itemCondition'));
  return fields;
}

function priceFields(offer: unknown, fallback: string | undefined): Fields {
  const specifications = listOf(own(offer, 'priceSpecification')).filter(isObject);
  const isList = (specification: unknown) =>
    /(?:ListPrice|StrikethroughPrice|SRP)$/.test(firstText(specification, 'priceType') ?? '');
  const now =
    amountOf(offer) ??
    specifications
      .filter((one) => !isList(one))
      .map(amountOf)
      .find(Boolean);
  const list = specifications.filter(isList).map(amountOf).find(Boolean);
  const currency = fallback ?? specifications.map((one) => firstText(one, 'priceCurrency')).find(Boolean);
  const priced = (amount: string) => (currency ? `${amount} ${currency}` : amount);
  if (now === undefined) return list === undefined ? {} : { price: priced(list) };
  return list !== undefined && list !== now ? { price: priced(list), sale_price: priced(now) } : { price: priced(now) };
}

function amountOf(offer: unknown): string | undefined {
  const price = own(offer, 'price') ?? (typesOf(offer).includes('AggregateOffer') ? own(offer, 'lowPrice') : undefined);
  if (typeof price !== 'number') return textOf(price);
  const text = String(price);
  // A number's point is a decimal point: a further digit keeps 1.125 from being read as 1,125.
  return /\.\d{3}$/.test(text) ? `${text}0` : text;
}

function assign(fields: Fields, name: FieldName, value: string | undefined): void {
  if (value !== undefined) fields[name] = value;
}
