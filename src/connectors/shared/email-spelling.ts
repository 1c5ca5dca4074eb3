import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * An e-mail address in the form for comparison: without case and outer spaces, accents composed,
 * the domain in its ASCII form. Sources write `info@müller.example` and
 * `info@xn--mller-kva.example` for one address, and a person uses either.
 *
 * @see RFC 5891 and Unicode Technical Standard 46, as Node's `url.domainToASCII` has them
 */
export function plainEmail(value: string): string {
  const address = value.trim().normalize('NFC').toLowerCase();
  const [local, domain] = partsOf(address);
  return domain === '' ? address : `${local}@${asciiOf(domain)}`;
}

/**
 * Every spelling in which a source may hold an address, the given one first. A query by equality
 * asks for each. An address of ASCII letters has one.
 */
export function emailSpellings(value: string): string[] {
  const [local, domain] = partsOf(value.trim());
  if (domain === '') return [value.trim()];
  const ascii = asciiOf(domain);
  const unicode = domainToUnicode(ascii);
  const domains = [domain, ascii, ...(unicode === '' ? [] : [unicode, unicode.normalize('NFD')])];
  const spelled = [local, local.normalize('NFC'), local.normalize('NFD')].flatMap((one) =>
    domains.map((other) => `${one}@${other}`),
  );
  return spelled.filter(
    (it, index) => spelled.findIndex((other) => other.toLowerCase() === it.toLowerCase()) === index,
  );
}

function partsOf(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@');
  return at === -1 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}

/** A domain that is not valid only loses its capitals. */
const asciiOf = (domain: string): string => domainToASCII(domain) || domain.toLowerCase();
