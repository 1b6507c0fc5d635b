/// Twitter's API v1.1.
@NullMarked
package io.unpost.dialect.twitter;

import org.jspecify.annotations.NullMarked;
