using Sync.Net.Coordination;

namespace Sync.Net.Runtime.Member;

internal enum MemberActionKind
{
    /// <summary>Try to get a link, by Way; answer with Seated, Refused or AttemptFailed.</summary>
    Attempt,

    PostEnter,
    PostAbort,
    PostWithdraw,
    PostResumed,
    PostDepart,

    /// <summary>Close the link (the stalled one, if there is one).</summary>
    CloseLink,

    /// <summary>Tell the caller of Call its End.</summary>
    Complete,
}

/// <summary>How to get to the coordinator.</summary>
internal enum Way
{
    /// <summary>Host the server at the plan's endpoint, or share the one that this process has there.</summary>
    Host,

    /// <summary>Connect to the plan's endpoint.</summary>
    Dial,
}

/// <summary>One thing for the runtime to do; which fields count depends on the kind.</summary>
internal readonly record struct MemberAction(
    MemberActionKind Kind,
    Call? Call = null,
    CallEnd? End = null,
    Way Way = default,
    bool Resume = false,
    bool Left = false,
    Withdraw Withdraw = default,
    Resumed Resumed = default);
