/// Sina Weibo's API v1.
@NullMarked
package io.unpost.dialect.weibo;

import org.jspecify.annotations.NullMarked;
