/** Together no more than a few megabytes, since build logs may be long and a function has 512. */
const mostCharacters = 8_000_000;

/** The texts that were written last, the oldest forgotten first. */
export function rememberTexts() {
  const texts = new Map<string, string>();
  let characters = 0;

  function forget(key: string): void {
    characters -= texts.get(key)?.length ?? 0;
    texts.delete(key);
  }

  return {
    get: (key: string) => texts.get(key),
    put(key: string, text: string) {
      forget(key);
      texts.set(key, text);
      characters += text.length;
      for (const oldest of texts.keys()) {
        if (characters <= mostCharacters) return;
        forget(oldest);
      }
    },
  };
}
