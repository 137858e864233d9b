/** Words after which the shell expects a command. */
const beforeCommands = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '{', '!']);

/** One command being read, and whether the reader stands between double quotes. */
interface Place {
  quoted: boolean;
  words: string[];
  word: string;
}

const start = (): Place => ({ quoted: false, words: [], word: '' });

function endWord(place: Place): void {
  const isPrelude = place.words.length === 0 && (beforeCommands.has(place.word) || place.word.endsWith('()'));
  if (place.word !== '' && !isPrelude) place.words.push(place.word);
  place.word = '';
}

function endCommand(place: Place): void {
  endWord(place);
  place.words = [];
}

/** The shell leaves an expansion whole without quotes in an assignment, after `case`, and within `[[ ]]`. */
const splits = ({ quoted, words, word }: Place) =>
  !quoted && !(words.length === 0 && /^\w+=/.test(word)) && words[0] !== 'case' && words[0] !== '[[';

const token = /\\[\s\S]|\$?'[^']*'|\$\(|(?<=\s)#[^\n]*|[\s\S]/g;

/** Lines (from 1) with an expansion that the shell splits into words and takes for patterns, for want of double quotes. */
export function unquotedExpansions(script: string): readonly number[] {
  const found: number[] = [];
  const outer: Place[] = [];
  let here = start();
  for (const { 0: text, index } of script.matchAll(token)) {
    if ((text === '$' || text === '$(') && splits(here))
      found.push(script.slice(0, index).split('\n').length);
    if (text === '$(') {
      here.word += text;
      outer.push(here);
      here = start();
    } else if (text === ')' && !here.quoted && outer.length > 0 && !here.word.endsWith('(')) {
      here = outer.pop() ?? here;
    } else if (here.quoted || !/^[\s;|&#]/.test(text)) {
      if (text === '"') here.quoted = !here.quoted;
      here.word += text;
    } else if (/^[\n;|&]/.test(text)) {
      endCommand(here);
    } else {
      endWord(here);
    }
  }
  return found;
}

/** What a careful reviewer would refuse in a program for bash; an empty list for a sound one. */
export const shellFaults = (script: string): readonly string[] => [
  ...(script.startsWith('set -euo pipefail\n') ? [] : ['goes on after a failure']),
  ...(/\beval\b|`/.test(script.replace(/'[^']*'/g, '')) ? ['runs what it made up'] : []),
  ...(/\|\s*(ba|da|z)?sh\b/.test(script) ? ['runs what it downloads'] : []),
  ...(/curl[^\n]*\|(?!\|)/.test(script) ? ['uses a download unchecked'] : []),
  ...unquotedExpansions(script).map((line) => `line ${line} expands without quotes`),
];
