using Sync.Net.Texts;

namespace Sync.Net;

/// <summary>A member that was lost after it had done its part: the meeting took place all the same.</summary>
public sealed class LostMember
{
    internal LostMember(string member, string reason, TimeSpan lastSeenAgo, string? lastSeenIn)
    {
        Member = member;
        Reason = reason;
        LastSeenAgo = lastSeenAgo;
        LastSeenIn = lastSeenIn;
    }

    /// <summary>The member's id.</summary>
    public string Member { get; }

    /// <summary>How it was lost, in a line.</summary>
    public string Reason { get; }

    /// <summary>How long before the release it was last heard of.</summary>
    public TimeSpan LastSeenAgo { get; }

    /// <summary>The session that it was last seen in; null if it never entered one.</summary>
    public string? LastSeenIn { get; }

    /// <summary>The loss in one line.</summary>
    /// <returns>For example <c>client2 (connection closed, last seen 3 s ago in 'setup')</c>.</returns>
    public override string ToString() => MemberText.Of(this);
}
