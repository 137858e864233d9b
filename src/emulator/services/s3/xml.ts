import { textOf } from '../../wire/json-protocol.ts';
import { malformedXml } from './s3-errors.ts';

/** An element of a request: its text, or its children. Attributes and namespaces say nothing here. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** What an answer is made of: a list becomes one element of the same name after the other. */
export type XmlValue =
  string | number | boolean | Date | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

const pattern =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w.:-]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)/y;

/** The root element of a request's body. Throws MalformedXML. */
export function readXml(body: Uint8Array): XmlElement {
  const source = textOf(body);
  const token = new RegExp(pattern);
  const document: Open = { name: '', text: '', children: [] };
  const path = [document];
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    if (!match) throw malformedXml();
    read(match, path);
  }
  const [root] = document.children;
  if (!root || path.length !== 1 || document.children.length > 1) throw malformedXml();
  return root;
}

function read([, data, closing, name = '', empty, text]: RegExpExecArray, path: Open[]) {
  const open = path.at(-1);
  if (!open) throw malformedXml();
  if (data !== undefined) open.text += data;
  else if (text !== undefined) open.text += unescape(text);
  else if (closing === '/') close(name, path);
  else if (name !== '') {
    path.push({ name, text: '', children: [] });
    if (empty === '/') close(name, path);
  }
}

function close(name: string, path: Open[]) {
  const element = path.pop();
  const parent = path.at(-1);
  if (element?.name !== name || !parent) throw malformedXml();
  const { text, children } = element;
  parent.children.push({ name: name.replace(/^.*:/, ''), text, children });
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (_all, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (entities[name] ?? '');
  });
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Text of the child of that name; undefined when there is none. */
export function textIn(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text;
}

export function writeXml(name: string, value: XmlValue): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${content(value)}</${name}>`;
}

/** An element as it was read, for settings that are kept and given back. */
export function valueOf(element: XmlElement): XmlValue {
  if (element.children.length === 0) return element.text;
  const names = new Set(element.children.map(({ name }) => name));
  return Object.fromEntries([...names].map((name) => [name, childrenOf(element, name).map(valueOf)]));
}

export function content(value: XmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return escape(String(value));
  return Object.entries(value)
    .map(([name, member]) => elements(name, member))
    .join('');
}

function elements(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((member: XmlValue) => elements(name, member)).join('');
  return `<${name}>${content(value)}</${name}>`;
}

/** Control characters too, since keys may have them and parsers fold line ends. */
function escape(text: string): string {
  return text.replace(/[<>&"'\p{Cc}]/gu, (character) => `&#${character.charCodeAt(0)};`);
}
