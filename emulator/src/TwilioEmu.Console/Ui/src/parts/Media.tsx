// A picture that is written out in its address is here already; markup (SVG) is none.
const here = /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=]+$/;

/** Something that came along with a text. What is elsewhere is never fetched here: that would be a request that leaves the machine. */
export function Media({ url }: { url: string }) {
  if (here.test(url)) return <img class="picture" src={url} alt="Picture" />;
  const words = <>Picture<span>{url.length > 200 ? `${url.slice(0, 200)}…` : url}</span></>;
  // Addresses of other kinds than the web's are words, for a text may carry anything.
  return /^https?:\/\//i.test(url) ? <a class="media" href={url} rel="noreferrer noopener" target="_blank">{words}</a> : <span class="media">{words}</span>;
}
