/** What a text of the control API may have at most is 1 MB, and base64 makes four bytes of three. */
const most = 640_000;
const largestSide = 1600;

const types = /^image\/(png|jpeg|gif|webp)$/;

/** A picture as an address that holds it (RFC 2397); one that is too large is made smaller, as phones do. */
export async function pictureOf(file: File): Promise<string> {
  if (!types.test(file.type)) throw new Error(`A picture is PNG, JPEG, GIF or WebP, not ${file.type || 'a file of no known type'}.`);
  return file.size <= most ? addressOf(file) : addressOf(await smaller(file));
}

async function smaller(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file);
  for (let side = Math.min(largestSide, Math.max(picture.width, picture.height)); side >= 200; side = Math.floor(side * 0.7)) {
    const scale = side / Math.max(picture.width, picture.height);
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 });
    if (blob.size <= most) return blob;
  }
  throw new Error('The picture is too large to be sent.');
}

const addressOf = (blob: Blob): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result as string);
  reader.onerror = () => reject(new Error('The picture cannot be read.'));
  reader.readAsDataURL(blob);
});
