package backout.bench;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.jakarta_servlet.SlackAppServlet;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The floor of a start: the smallest app of Bolt on Jetty that acknowledges a slash command. */
final class BareBolt {
    private BareBolt() {}

    /** PORT SECRET ADDRESS-OF-SLACK. */
    public static void main(String[] arguments) throws Exception {
        var slack = new SlackConfig();
        slack.setMethodsEndpointUrlPrefix(arguments[2]);
        var config =
                AppConfig.builder()
                        .slack(Slack.getInstance(slack))
                        .signingSecret(arguments[1])
                        .singleTeamBotToken("xoxb-bench")
                        .authTestCacheEnabled(true)
                        .build();
        var app = new App(config).command("/rollback", (_, context) -> context.ack("ok"));
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        var context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new SlackAppServlet(app)), "/slack/events");
        server.setHandler(context);
        server.start();
        server.join();
    }
}
