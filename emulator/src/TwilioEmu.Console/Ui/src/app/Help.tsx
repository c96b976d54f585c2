import { useEffect, useRef } from 'preact/hooks';
import { isHelpOpen, keyTable } from './keys';

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} class="help" aria-label="Keys" onClose={() => (isHelpOpen.value = false)} onClick={(e) => e.target === dialog.current && (isHelpOpen.value = false)}>
      <h2>Keys</h2>
      <dl>
        {keyTable.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys.split(/\s+/).map((k) => (k === 'then' ? <span key={k}> then </span> : <kbd key={k}>{k}</kbd>))}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog"><button class="button" type="submit">Close</button></form>
    </dialog>
  );
}
