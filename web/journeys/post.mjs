import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';

const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));

/** A mail server that takes every mail and keeps it: just as much SMTP as a sender needs. */
export async function startPost() {
  const mails = [];
  const server = createServer((socket) => {
    let waiting = '';
    let content;
    const say = (line) => socket.write(`${line}\r\n`);
    const hear = (line) => {
      if (content !== undefined) {
        if (line !== '.') content += `${line}\n`;
        else {
          mails.push(content);
          content = undefined;
          say('250 ok');
        }
        return;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'DATA') {
        content = '';
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      waiting += part;
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        hear(line);
      }
    });
    say('220 post');
  });
  return { port: await listening(server), mails, close: () => server.close() };
}

/** A receiver of calls, as a unit's own system would be; it keeps what it heard. */
export async function startHook() {
  const calls = [];
  const server = createHttp((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.end('ok');
    });
  });
  return { url: `http://127.0.0.1:${await listening(server)}/hook`, calls, close: () => server.close() };
}
