namespace Sync.Net.Runtime.Member;

internal enum AttemptFailureKind
{
    /// <summary>Not reached: no route, no such name, no answer. It may come yet.</summary>
    Unreachable,

    /// <summary>The host answers that nothing listens there.</summary>
    NothingListens,

    /// <summary>Somebody accepted the connection and then said nothing.</summary>
    Silent,

    /// <summary>The port to host on is held by somebody else; perhaps by a server to share.</summary>
    InUse,

    /// <summary>Trying again can't help.</summary>
    Fatal,
}

/// <summary>Why an attempt to get a link failed.</summary>
internal readonly record struct AttemptFailure(AttemptFailureKind Kind, string Text);
