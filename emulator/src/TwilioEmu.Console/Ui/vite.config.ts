import { brotliCompressSync, constants } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

// Every file of the page is embedded compressed (RFC 7932), once, at the highest quality.
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const source = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source });
        delete bundle[file.fileName];
      }
    },
  };
}

export default defineConfig({
  base: '/_emu/ui/',
  plugins: [compressed()],
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // Data URLs are no files of our own, so the page's policy lets no font come by one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
