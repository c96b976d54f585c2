/** A line of two texts laid side by side. */
export interface DiffLine { sign: ' ' | '-' | '+'; words: string }

// What is longer is shown by its beginning: answers of apps are short, and the table below grows with the square.
const most = 600;

/** Lines of one text and of another: kept, gone (-), come (+), by their longest common part. */
export function diff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n').slice(0, most), after.split('\n').slice(0, most)];
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  }
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: ' ', words: a[i]! });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) lines.push({ sign: '-', words: a[i++]! });
    else lines.push({ sign: '+', words: b[j++]! });
  }
  return lines;
}
