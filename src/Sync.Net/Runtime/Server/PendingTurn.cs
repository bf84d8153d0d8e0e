using Sync.Net.Coordination;

namespace Sync.Net.Runtime.Server;

/// <summary>What one event of a group has caused and nobody may learn yet: facts behind it, or behind an earlier one, are not written.</summary>
internal sealed class PendingTurn(Group group, List<Effect> effects, GroupLink? joining)
{
    public Group Group => group;

    public List<Effect> Effects => effects;

    /// <summary>The link whose join it was, if it was one.</summary>
    public GroupLink? Joining => joining;

    /// <summary>Nothing of it is to be written any more. Guarded by the group's lock.</summary>
    public bool IsWritten { get; set; }
}
