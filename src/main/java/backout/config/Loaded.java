package backout.config;

import backout.command.Site;

/** Everything that both folders say, read and checked. */
public record Loaded(Site site, BotConfig bot, ChatConfig chat) {}
