const keys: [string, string][] = [['1', ''], ['2', 'ABC'], ['3', 'DEF'], ['4', 'GHI'], ['5', 'JKL'], ['6', 'MNO'], ['7', 'PQRS'], ['8', 'TUV'], ['9', 'WXYZ'], ['*', ''], ['0', '+'], ['#', '']];

const names: Record<string, string> = { '*': 'star', '#': 'hash' };

export function Keypad({ onKey }: { onKey: (key: string) => void }) {
  return (
    <div class="keypad" role="group" aria-label="Keypad">
      {keys.map(([key, letters]) => (
        <button key={key} type="button" aria-label={names[key]} onClick={() => onKey(key)}><b>{key}</b><span aria-hidden="true">{letters}</span></button>
      ))}
    </div>
  );
}
