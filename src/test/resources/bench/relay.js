// A service as the guide's: boots in 0.6 s of one core, asks Redis for each /health, and at SIGTERM closes its listener
// at once and waits up to 10 s for requests in flight.
const http = require('http');
const net = require('net');

while (process.uptime() < 0.6);
const redis = net.connect(6379, process.env.REDIS_HOST || 'redis');
const asked = [];
redis.on('data', () => asked.splice(0).forEach((answer) => answer('healthy')));
redis.on('error', () => asked.splice(0).forEach((answer) => answer('unhealthy')));

function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function health(response) {
  asked.push((status) =>
    send(response, 200, { status: 'healthy', version: process.env.RELAY_RELEASE, components: { redis: { status } } }));
  redis.write('PING\r\n');
}

function stream(response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const beat = setInterval(() => response.write('data: token\n\n'), 100);
  response.on('close', () => clearInterval(beat));
}

const server = http.createServer((request, response) => {
  if (request.url === '/health') return health(response);
  if (request.url === '/stream') return stream(response);
  if (request.url !== '/api/v1/models') return send(response, 404, { error: 'Not Found' });
  if (request.headers.authorization !== 'Bearer ' + process.env.API_KEY) return send(response, 401, { error: 'key' });
  return send(response, 200, { object: 'list', data: [] });
});

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 10000);
});
server.listen(3000);
