export interface View {
  name: string;
  title: string;
  icon: string;
}

// Paths of a 24 x 24 grid, drawn as lines.
export const views: View[] = [
  { name: 'phones', title: 'Phones', icon: 'M8 2.8h8a1.6 1.6 0 0 1 1.600 1.600v15.200a1.600 1.600 0 0 1-1.600 1.600H8a1.600 1.600 0 0 1-1.600-1.600V4.400A1.600 1.600 0 0 1 8 2.800zM10.500 18h3' },
  { name: 'messages', title: 'Messages', icon: 'M4 5.500h16a1 1 0 0 1 1 1v9.500a1 1 0 0 1-1 1h-8.500L7 20.500V17H4a1 1 0 0 1-1-1V6.500a1 1 0 0 1 1-1zM7.500 9.500h9M7.500 13h5.500' },
  { name: 'calls', title: 'Calls', icon: 'M7.300 4.200c-1.700.3-3.100 1.700-3.100 3.500 0 6.700 5.400 12.100 12.100 12.100 1.800 0 3.200-1.400 3.500-3.100.1-.6-.2-1.100-.7-1.300l-3.200-1.400c-.5-.2-1-.1-1.400.3l-1.200 1.300a11 11 0 0 1-4.900-4.900l1.300-1.200c.4-.4.5-.9.3-1.400L8.600 4.900c-.2-.5-.7-.8-1.300-.7z' },
  { name: 'webhooks', title: 'Webhooks', icon: 'M3.500 8.500h13M13 5l3.500 3.500L13 12M20.500 15.500h-13M11 12l-3.500 3.500L11 19' },
  { name: 'queues', title: 'Queues', icon: 'M4 6h16M4 12h11M4 18h6M18 14v6M15.500 17.500 18 20l2.500-2.500' },
  { name: 'numbers', title: 'Numbers', icon: 'M9.500 4 7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16' },
  { name: 'requests', title: 'API', icon: 'M8.500 7 3.500 12l5 5M15.500 7l5 5-5 5M13.500 5l-3 14' },
  { name: 'timeline', title: 'Timeline', icon: 'M6 4v16M6 7h9M6 12h13M6 17h6M4.500 7h.01M4.500 12h.01M4.500 17h.01' },
  { name: 'stories', title: 'Stories', icon: 'M5 4.500h6.500c.3 0 .5.2.5.5v15c0-1-.8-1.800-1.800-1.800H5zM19 4.500h-6.500c-.3 0-.5.2-.5.5v15c0-1 .8-1.800 1.800-1.800H19z' },
];
