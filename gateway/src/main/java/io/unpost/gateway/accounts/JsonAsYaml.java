package io.unpost.gateway.accounts;

/// Makes YAML 1.1 of JSON, which is YAML but for two things: it may be indented with tabs, and may write `/` as `\/`.
final class JsonAsYaml {

    private JsonAsYaml() {}

    /// The same text with the same lines, with a space for each tab between values and without the backslash in `\/`.
    static String adapt(String json) {
        var yaml = new StringBuilder(json.length());
        char quote = 0;
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            if (quote == 0) {
                quote = c == '"' || c == '\'' ? c : 0;
                yaml.append(c == '\t' ? ' ' : c);
            } else if (quote == '"' && c == '\\' && at + 1 < json.length()) {
                at++;
                char escaped = json.charAt(at);
                if (escaped != '/') {
                    yaml.append('\\');
                }
                yaml.append(escaped);
            } else {
                quote = c == quote ? 0 : quote;
                yaml.append(c);
            }
        }
        return yaml.toString();
    }
}
