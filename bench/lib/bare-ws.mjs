// The bare peer: sends what it is told over IPC to whoever is there, and does nothing else.
import { WebSocketServer } from 'ws';

const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
sockets.on('listening', () => process.send({ port: sockets.address().port }));
process.on('message', ({ text }) => {
  const frame = Buffer.from(text);
  for (const socket of sockets.clients) socket.send(frame, { binary: false });
});
process.on('disconnect', () => process.exit());
