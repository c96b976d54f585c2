// What the browser keeps for this page. Where it keeps nothing (cookies blocked, a full disk), the page does without.

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`twilioemu.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a word; an empty one is forgotten. */
export function remember(name: string, word: string): void {
  try {
    if (word) localStorage.setItem(`twilioemu.${name}`, word);
    else localStorage.removeItem(`twilioemu.${name}`);
  } catch {
    // It is as it is until the page is left.
  }
}
