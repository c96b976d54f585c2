import { icons } from '../parts/icons.ts';
import { base } from './base.ts';
import { views } from './views.ts';

const icon = (path: string, size = 18): string =>
  `<svg width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`;

/** The frame as markup, written into the page when it is built: it is seen before any script has run, and gives way to the same frame alive. */
export const shell = (): string =>
  `<div class="frame"><header class="top"><a href="${base}/phones" class="brand"><span class="brand-mark">${icon(icons.call, 16)}</span><span class="brand-name">TwilioEmu</span></a></header>`
  + `<nav class="nav" aria-label="Views">${views.map(({ name, title, icon: path }) => `<a href="${base}/${name}">${icon(path)}<span class="nav-title">${title}</span></a>`).join('')}</nav><main></main></div>`;
