package backout.executor.vercel;

import backout.plan.ServiceSettings;
import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys that a target on Vercel may have in {@code config/targets.yml}. */
final class VercelSettings {
    static final String API = "https://api.vercel.com";

    static final List<Setting> ALL =
            List.of(
                    Setting.required("project", Form.TEXT, "The project's name or id on Vercel."),
                    Setting.of(
                            "team",
                            Form.TEXT,
                            "",
                            "The id (team_…) or the slug of the team that owns it; without it the"
                                    + " account of the token."),
                    Setting.required(
                            "token", Form.SECRET, "A token of Vercel that may change the project."),
                    Setting.of(
                            "bypass",
                            Form.SECRET,
                            "",
                            "The secret of protection bypass for automation; needed where"
                                    + " deployments are protected."),
                    Setting.of(
                            "api",
                            Form.URL,
                            API,
                            "Where Vercel's API is; another for trials only."),
                    Setting.required(
                            "url",
                            Form.URL,
                            "The production domain, which people use and probes ask."),
                    ServiceSettings.VERSION,
                    Setting.of(
                            "known-good",
                            Form.TEXT,
                            "",
                            "The deployment to go back to while none is proven here yet: dpl_… or"
                                    + " its own address."),
                    ServiceSettings.SECRETS);

    private VercelSettings() {}
}
