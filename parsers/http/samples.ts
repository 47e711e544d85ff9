import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const message = (...lines: string[]) => asciiHex(lines.join('\r\n'));

export const samples: readonly Sample[] = [
  {
    title: 'names the server, its page, the browser and the name it was called by',
    origin: 'RFC 9112, section 2.1; RFC 9110, sections 7.2, 10.1.5 and 10.2.4',
    messages: [
      [
        'client',
        message(
          'GET /index.html?key=1 HTTP/1.1',
          'Host: plc7.example:8080',
          'User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
          '',
          '',
        ),
      ],
      [
        'server',
        message(
          'HTTP/1.1 200 OK',
          'server: WindWeb/4.00',
          'Content-Type: text/html; charset=utf-8',
          'Content-Length: 43',
          '',
          '<html><TITLE lang="en">PLC 7</title></html>HTTP/1.1 404 Not Found',
          'Content-Length: 0',
          '',
          '',
        ),
      ],
    ],
    operations: ['GET GET (read): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'name = plc7.example (http.host, server)',
      'client-kind = web browser (Chrome/120.0) (http.user-agent, client)',
      'os = Windows NT 10.0 (http.user-agent.system, client)',
      'product = WindWeb/4.00 (http.server, server)',
      'product = PLC 7 (http.title, server)',
    ],
  },
  {
    title: 'asks for a password and gets it in clear, in pipelined requests',
    origin: 'RFC 9110, section 11; RFC 7617',
    messages: [
      [
        'client',
        message(
          'GET /a HTTP/1.0',
          '',
          'POST /b HTTP/1.1',
          'Host: 10.0.0.1',
          'Authorization: Basic dTpw',
          'Content-Length: 3',
          '',
          'a=1PUT /c HTTP/1.1',
          '',
          '',
        ),
      ],
      [
        'server',
        message('HTTP/1.1 401 Unauthorized', 'WWW-Authenticate: Basic realm="Unit 4"', 'Content-Length: 0', '', ''),
      ],
      [
        'server',
        message(
          'HTTP/1.1 100 Continue',
          '',
          'HTTP/1.1 204 No Content',
          '',
          'HTTP/1.1 200 OK',
          'Transfer-Encoding: chunked',
          '',
          '0',
          '',
          '',
        ),
      ],
    ],
    operations: [
      'GET GET (read): 1 requests, 1 responses, 1 refused',
      'POST POST (write): 1 requests, 1 responses, 0 refused',
      'PUT PUT (write): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'protection = cleartext login (HTTP Basic authentication) (http.authorization, server)',
      'product = Unit 4 (http.realm, server)',
    ],
  },
  {
    title: 'tells a default login from others',
    origin: 'RFC 7617, section 2',
    messages: [
      ['client', message('GET /a HTTP/1.1', 'Authorization: Basic YWRtaW46YWRtaW4=', '', '')],
      ['client', message('GET /b HTTP/1.1', 'Authorization: Basic YWRtaW46YWRtaW4x', '', '')],
    ],
    operations: ['GET GET (read): 2 requests, 0 responses, 0 refused'],
    evidence: [
      'protection = cleartext login (HTTP Basic authentication) (http.authorization, server)',
      'protection = HTTP: a default login is sent to it (http.authorization.default, server)',
      'protection = cleartext login (HTTP Basic authentication) (http.authorization, server)',
    ],
  },
  {
    title: 'knows a program by its name, and a method of its own',
    origin: 'RFC 9110, section 10.1.5',
    messages: [['client', message('X-POLL / HTTP/1.1', 'User-Agent: python-requests/2.31.0', '', '')]],
    operations: ['other other (write): 1 requests, 0 responses, 0 refused'],
    evidence: ['client-kind = python-requests/2.31.0 (http.user-agent, client)'],
  },
  {
    title: 'asks as in HTTP/0.9',
    origin: 'RFC 1945, section 5',
    messages: [['client', message('GET /', '')]],
    operations: ['GET GET (read): 1 requests, 0 responses, 0 refused'],
  },
  {
    title: 'opens a tunnel',
    origin: 'RFC 9110, section 9.3.6',
    messages: [
      ['client', message('CONNECT update.example:443 HTTP/1.1', '', '')],
      ['server', message('HTTP/1.1 200 Connection established', '', '')],
    ],
    operations: ['CONNECT CONNECT (session): 1 requests, 1 responses, 0 refused'],
  },
  {
    title: 'is HTTP/2',
    origin: 'RFC 9113, section 3.4',
    messages: [['client', message('PRI * HTTP/2.0', '', 'SM', '', '')]],
    evidence: ['note = HTTP/2 in clear (http.preface, client)'],
  },
];
