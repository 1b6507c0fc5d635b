package io.unpost.dialect.weibo;

import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.testkit.DialectContract;
import java.util.Set;

class WeiboDialectTest extends DialectContract {

    WeiboDialectTest() {
        super(WeiboDialect.class, Set.of(Verdict.Unverified.class, Verdict.Unavailable.class));
    }
}
