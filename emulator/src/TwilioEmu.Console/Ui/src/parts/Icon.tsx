/** A line drawing of a 24 x 24 grid; what it means is said by the words beside it or by its button's label. */
export function Icon({ path, size = 18 }: { path: string; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const icons = {
  copy: 'M9 9h10v11H9zM5 15V4h10',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  next: 'M5 5v14l9-7zM18 5v14',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4.500v15l12-7.500z',
  send: 'M4 12 20 4l-6 16-3-7z',
  plus: 'M12 5v14M5 12h14',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10.500 20.500h3',
  call: 'M7.300 4.200c-1.700.3-3.100 1.700-3.100 3.500 0 6.700 5.400 12.100 12.100 12.100 1.800 0 3.200-1.400 3.500-3.100.1-.6-.2-1.100-.7-1.300l-3.200-1.400c-.5-.2-1-.1-1.400.3l-1.200 1.300a11 11 0 0 1-4.900-4.900l1.300-1.200c.4-.4.5-.9.3-1.400L8.600 4.900c-.2-.5-.7-.8-1.300-.7z',
  keys: 'M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01',
  replay: 'M4 4v6h6M4.600 10A8 8 0 1 1 4 14',
  check: 'M5 12.500l4.500 4.500L19 7',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20 20',
  help: 'M9 9a3 3 0 1 1 4.500 2.600c-.9.5-1.500 1.200-1.500 2.400M12 17.500h.01',
  pin: 'M9 3.500h6l-.5 6 3 3.500h-11l3-3.500zM12 13v7.500',
  warn: 'M12 4 2.500 20h19zM12 10v4.500M12 17.300h.01',
};
