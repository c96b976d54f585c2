/** Where the page is. */
export const base = '/_emu/ui';
