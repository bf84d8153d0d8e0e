using Sync.Net.Texts;

namespace Sync.Net;

/// <summary>What is known of a member.</summary>
public sealed class GroupMember
{
    internal GroupMember(string id, string? role, MemberState state, TimeSpan? lastSeenAgo, string? lastSeenIn)
    {
        Id = id;
        Role = role;
        State = state;
        LastSeenAgo = lastSeenAgo;
        LastSeenIn = lastSeenIn;
    }

    /// <summary>The member's id.</summary>
    public string Id { get; }

    /// <summary>The member's role; null if it has none, or if none is declared and it never came.</summary>
    public string? Role { get; }

    /// <summary>Whether it is present.</summary>
    public MemberState State { get; }

    /// <summary>How long ago it was last heard of, when this was written; null if it never was.</summary>
    public TimeSpan? LastSeenAgo { get; }

    /// <summary>The session that it was last seen in; null if it never entered one.</summary>
    public string? LastSeenIn { get; }

    /// <summary>The member in one line.</summary>
    /// <returns>For example <c>client2 (last seen 41 s ago in 'disk-ready')</c>.</returns>
    public override string ToString() => MemberText.Of(this);
}
