// The floor of bot/bench chat and start: the smallest app of @slack/bolt that acknowledges a slash command.
const { App } = require('@slack/bolt');

const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U0' }),
});
app.command('/rollback', async ({ ack }) => {
  await ack('ok');
});

// As a bot of two chats: discord.js, connected to its gateway, in the same process.
async function discord() {
  if (!process.env.DISCORD_API) return;
  const { Client, Events, GatewayIntentBits } = require('discord.js');
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: process.env.DISCORD_API },
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(process.env.DISCORD_TOKEN);
  await ready;
}

discord().then(() => app.start({ port: Number(process.env.PORT), host: '127.0.0.1' })).then(() => console.log('ready'));
