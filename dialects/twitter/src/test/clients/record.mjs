// Records on loopback what twitter-api-v2 sends to delete, checks each signature with oauth-signature, which shares
// nothing with it, and compares each request with ours. Ends with 1 where one is forged, or not the one that is
// expected here. How to run it: see the README of this dialect.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import oauthSignature from 'oauth-signature';
import { TwitterApi } from 'twitter-api-v2';

const credentials = {
  appKey: 'consumer-key',
  appSecret: 'consumer/secret+of=the&tests',
  accessToken: '14927800-token',
  accessSecret: 'token secret, of "the" tests',
};

// What the client is asked, what it sends, and what we send for the same; null where it cannot be asked for that.
const deletes = [
  ['v1.deleteTweet', client => client.v1.deleteTweet('240854986559455234'),
    'POST /1.1/statuses/destroy/240854986559455234.json form: tweet_mode=extended',
    'POST /1.1/statuses/destroy/240854986559455234.json form: tweet_mode=extended'],
  ['v2.unretweet', client => client.v2.unretweet('14927800', '241259202004267009'),
    'DELETE /2/users/14927800/retweets/241259202004267009',
    'POST /1.1/statuses/unretweet/241259202004267009.json form: tweet_mode=extended'],
  ['v1.deleteDm', client => client.v1.deleteDm('938178981337088004'),
    'DELETE /1.1/direct_messages/events/destroy.json?id=938178981337088004',
    'DELETE /1.1/direct_messages/events/destroy.json?id=938178981337088004'],
];

const seen = [];
const recorder = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  seen.push({ request, body });
  if (request.url.includes('/direct_messages/')) response.writeHead(204).end();
  else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});
await new Promise(listening => recorder.listen(0, '127.0.0.1', listening));

// The client's addresses are constants: its connections end here, without TLS, whatever it believes.
const agent = new https.Agent();
agent.createConnection = () => net.connect(recorder.address().port, '127.0.0.1');
const client = new TwitterApi(credentials, { httpAgent: agent });

function genuine({ request, body }) {
  const url = new URL(request.url, 'https://' + request.headers.host);
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const oauth = [...request.headers.authorization.matchAll(/(oauth_\w+)="([^"]*)"/g)]
    .map(([, name, value]) => [name, decodeURIComponent(value)]);
  const { oauth_signature: sent, ...signed } = Object.fromEntries(
    [...url.searchParams, ...(isForm ? new URLSearchParams(body) : []), ...oauth]);
  return sent === oauthSignature.generate(request.method, url.origin + url.pathname, signed,
    credentials.appSecret, credentials.accessSecret, { encodeSignature: false });
}

for (const [name, ask, expected, ours] of deletes) {
  await ask(client);
  const last = seen.at(-1);
  const sent = `${last.request.method} ${last.request.url}${last.body && ' form: ' + last.body}`;
  const isGenuine = genuine(last);
  if (sent !== expected || !isGenuine) process.exitCode = 1;
  console.log(`${name}: ${sent}; to ${last.request.headers.host}; signature ${isGenuine ? 'genuine' : 'FORGED'}; `
    + (sent === ours ? 'as ours' : `ours: ${ours}`) + (sent === expected ? '' : `; EXPECTED ${expected}`));
}
recorder.close();
