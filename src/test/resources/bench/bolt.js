// The floor of bot/bench chat: the smallest app of @slack/bolt that acknowledges a slash command.
const { App } = require('@slack/bolt');

const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U0' }),
});
app.command('/rollback', async ({ ack }) => {
  await ack('ok');
});
app.start({ port: Number(process.env.PORT), host: '127.0.0.1' }).then(() => console.log('ready'));
