// Many listeners in a process of their own. Told over IPC: {connect: {url, groups: [{headers, count}], isStalled}}, {collect: true}.
import WebSocket from 'ws';

/** When each frame came: [seq up to which it tells, Date.now()]. */
let arrivals = [];
let frames = 0;

process.on('message', async ({ connect, collect }) => {
  if (connect) {
    // A few at a time: how a herd is admitted is not what is measured.
    const { url, groups, isStalled } = connect;
    const all = groups.flatMap(({ headers, count }) =>
      Array.from({ length: count }, () => ({ url, headers, isStalled })),
    );
    for (let at = 0; at < all.length; at += 20) await Promise.all(all.slice(at, at + 20).map(listen));
    process.send({ connected: true });
  }
  if (collect) {
    process.send({ frames, arrivals });
    arrivals = [];
    frames = 0;
  }
});
process.on('disconnect', () => process.exit());

function listen({ url, headers, isStalled }) {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    // Only the head is looked at: a thousand listeners that parse would cost more than what is measured.
    const to = /^\{"type":"changes","from":\d+,"to":(\d+)/.exec(data.toString('latin1', 0, 80))?.[1];
    if (to === undefined) return;
    frames++;
    arrivals.push([Number(to), Date.now()]);
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      if (isStalled) socket.pause();
      resolve();
    });
  });
}
