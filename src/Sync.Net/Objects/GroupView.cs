using Sync.Net.Wire;

namespace Sync.Net.Objects;

/// <summary>What the server has told of a group's members, laid over those that were declared.</summary>
internal sealed class GroupView(SyncOptions options)
{
    private readonly Lock _gate = new();
    private readonly SortedList<string, GroupMember> _members = Declared(options);
    private IReadOnlyList<GroupMember>? _all;

    public long Version { get; private set; }

    public IReadOnlyList<GroupMember> All
    {
        get
        {
            lock (_gate) return _all ??= [.. _members.Values];
        }
    }

    public void Apply(Membership news)
    {
        lock (_gate)
        {
            foreach (MemberFact fact in news.Members)
            {
                _members[fact.Id] = new GroupMember(fact.Id, fact.Role, fact.State, fact.LastSeenAgo, fact.LastSeenIn);
            }
            Version = news.Version;
            _all = null;
        }
    }

    private static SortedList<string, GroupMember> Declared(SyncOptions options)
    {
        var members = new SortedList<string, GroupMember>(StringComparer.Ordinal);
        foreach ((string id, string? role) in options.Roster ?? new Dictionary<string, string?>())
        {
            members.Add(id, new GroupMember(id, role, MemberState.Absent, null, null));
        }
        return members;
    }
}
