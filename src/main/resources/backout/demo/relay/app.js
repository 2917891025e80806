// The demo service as it runs from source: a small stand-in for claude-relay-service.
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const described = fs.readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8');
const { version, behaviour } = JSON.parse(described);

function health(answer) {
    const isBroken = behaviour === 'health-500';
    answer.writeHead(isBroken ? 500 : 200, { 'Content-Type': 'application/json' });
    answer.end(JSON.stringify(isBroken
        ? { status: 'unhealthy', error: 'migration 7 is missing' }
        : { status: 'healthy', version }));
}

http.createServer((request, answer) => {
    if (request.url === '/health') {
        health(answer);
    } else {
        answer.writeHead(request.url === '/web' ? 200 : 404, { 'Content-Type': 'text/html' });
        answer.end(`<!doctype html><title>Claude Relay</title><h1>Claude Relay ${version}</h1>`);
    }
}).listen(Number(process.env.PORT), '127.0.0.1');
