/** Something that came along with a text. It is never fetched here: that would be a request that leaves the machine. */
export function Media({ url }: { url: string }) {
  const words = <>Picture<span>{url}</span></>;
  // Addresses of other kinds than the web's are words, for a text may carry anything.
  return /^https?:\/\//i.test(url) ? <a class="media" href={url} rel="noreferrer noopener" target="_blank">{words}</a> : <span class="media">{words}</span>;
}
