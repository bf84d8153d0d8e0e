namespace Sync.Net;

/// <summary>What is open in a group at one moment: who is there, who waits where, since when, and for whom.</summary>
public sealed class GroupStatus
{
    internal GroupStatus(IReadOnlyList<GroupMember> members, IReadOnlyList<WaitStatus> waits)
    {
        Members = members;
        Waits = waits;
    }

    /// <summary>Who belongs to the group or has come, in ordinal order; free seats stand as <c>role (seat 2 of 3)</c>.</summary>
    public IReadOnlyList<GroupMember> Members { get; }

    /// <summary>The open waits, by kind and name of their sessions; at most 1,000.</summary>
    public IReadOnlyList<WaitStatus> Waits { get; }
}
