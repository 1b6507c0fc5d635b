package io.unpost.gateway.sandbox;

import java.util.Map;

/// The two that Weibo writes; the path's suffix chooses.
enum WeiboFormat {
    JSON("application/json;charset=utf-8") {

        @Override
        String document(String root, WeiboTree tree) {
            return tree.json();
        }
    },
    XML("application/xml;charset=utf-8") {

        @Override
        String document(String root, WeiboTree tree) {
            return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + ">" + tree.xml() + "</" + root + ">\n";
        }
    };

    private final String type;

    WeiboFormat(String type) {
        this.type = type;
    }

    /// The one that a path asks for; JSON where it asks for neither.
    static WeiboFormat of(Call call) {
        return call.url().endsWith(".xml") ? XML : JSON;
    }

    /// An answer with this content.
    ///
    /// @param root the name of the root element; JSON has none
    Reply reply(int status, String root, WeiboTree tree) {
        return new Reply(status, type, Map.of(), document(root, tree));
    }

    abstract String document(String root, WeiboTree tree);
}
