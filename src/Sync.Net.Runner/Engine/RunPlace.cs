namespace Sync.Net.Runner.Engine;

/// <summary>Where a run's members meet: its group, and the server that holds it.</summary>
internal abstract class RunPlace(RunSettings run, string group, IReadOnlyList<MemberPlan> members) : IAsyncDisposable
{
    /// <summary>Unique to the run.</summary>
    public string Group => group;

    /// <summary>Where the server is, for people.</summary>
    public abstract string Endpoint { get; }

    /// <summary>Whether what happens in the group is seen here.</summary>
    public abstract bool IsObserved { get; }

    protected RunSettings Run => run;

    protected abstract string? Key { get; }

    /// <summary>What a member of the run would need to join.</summary>
    public virtual SyncOptions OptionsOf(string member, string? role) => new()
    {
        Group = group,
        Member = member,
        Role = role,
        Key = Key,
        AllowUnauthenticated = Key is null,
        Roster = run.IsOpen ? null : members.ToDictionary(static each => each.Id, static each => each.Role, StringComparer.Ordinal),
        EssentialRoles = [.. members.Where(static each => each.Essential).Select(static each => each.Role!).Distinct(StringComparer.Ordinal)],
        LoggerFactory = run.LoggerFactory,
    };

    /// <summary>What its processes are told by SYNC_NET_* variables.</summary>
    public Dictionary<string, string> EnvironmentOf(MemberRun member)
    {
        var variables = new Dictionary<string, string>(member.Plan.Environment, StringComparer.Ordinal);
        foreach ((string name, string value) in ToldOptionsOf(member.Id, member.Plan.Role).ToEnvironment(member.Id, member.Plan.Role)) variables[name] = value;
        variables["SYNC_NET_INCARNATION"] = member.Incarnation.ToString("D");
        variables["SYNC_NET_WORKER"] = member.Cookie;
        variables["SYNC_NET_RUN"] = group;
        return variables;
    }

    /// <summary>Tells the group that nothing of a member runs any more; ends when it knows.</summary>
    /// <param name="member">The member.</param>
    /// <param name="failure">Why it failed; null if it ended in good order.</param>
    public abstract Task RetireAsync(MemberRun member, string? failure);

    /// <summary>Ends when all that happened in the group was told.</summary>
    public abstract Task FlushAsync();

    /// <summary>Who waits for whom now, by the waiting member; empty where that can't be seen.</summary>
    public abstract IReadOnlyDictionary<string, WaitStatus> Waits();

    public abstract ValueTask DisposeAsync();

    protected virtual SyncOptions ToldOptionsOf(string member, string? role) => OptionsOf(member, role);
}
