package io.unpost.gateway.sandbox;

/// How a provider answers deletes of one kind.
interface Voice {

    /// This was deleted.
    Reply deleted(Call call, Post post);

    /// The account has none of this id.
    Reply absent(Call call, String id);

    /// It is somebody else's.
    Reply foreign(Call call);
}
