package io.unpost.gateway.battery;

import io.unpost.gateway.Form;

/// One delete that somebody asks for.
///
/// @param account its name in the accounts file, which is also how its token or user name ends or begins
/// @param id another one in each operation of a row
record Operation(Form form, String account, String id) {

    String path() {
        return account + "/" + form.kind() + "/" + id;
    }

    /// The request line with which the provider is asked.
    String line() {
        return form.line().formatted(id) + " HTTP/1.1";
    }

    @Override
    public String toString() {
        return path();
    }
}
