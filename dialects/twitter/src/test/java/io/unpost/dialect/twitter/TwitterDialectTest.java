package io.unpost.dialect.twitter;

import io.unpost.dialect.testkit.DialectContract;
import java.util.Set;

class TwitterDialectTest extends DialectContract {

    TwitterDialectTest() {
        super(TwitterDialect.class, Set.of());
    }
}
