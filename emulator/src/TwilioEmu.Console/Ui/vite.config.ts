import { brotliCompressSync, constants } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { base } from './src/app/base.ts';
import { shell } from './src/app/shell.ts';

// Every file of the page is embedded compressed (RFC 7932), once, at the highest quality.
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          const source = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source });
          delete bundle[file.fileName];
        }
      },
    },
  };
}

// What is seen first waits for nothing: neither for a script, nor for styles. The server tells their hash in the page's policy (Pages/UiPages).
const framed = (): Plugin => ({
  name: 'framed',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      let styles = '';
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk' || !file.fileName.endsWith('.css')) continue;
        styles += file.source;
        delete bundle[file.fileName];
      }
      return {
        html: html.replace(/\s*<link rel="stylesheet"[^>]*>/g, '').replace('<!--shell-->', shell),
        // No script is asked for ahead: reading one takes the processor that paints, and the way to this machine's own server is short (src/boot.ts).
        tags: [{ tag: 'style', children: styles.trim(), injectTo: 'head' }],
      };
    },
  },
});

export default defineConfig({
  base: `${base}/`,
  plugins: [framed(), compressed()],
  build: {
    target: 'es2022',
    // As old as light-dark() and field sizing need.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    emptyOutDir: true,
    // Data URLs are no files of our own, so the page's policy lets no font come by one.
    assetsInlineLimit: 0,
    // Said by the page itself (framed).
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
