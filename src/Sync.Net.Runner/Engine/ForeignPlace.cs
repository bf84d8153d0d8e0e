namespace Sync.Net.Runner.Engine;

/// <summary>A server that is not the runner's: one that runs already, or a member's.</summary>
internal sealed class ForeignPlace(RunSettings run, string group, IReadOnlyList<MemberPlan> members, string? key) : RunPlace(run, group, members)
{
    /// <summary>How long the group may take to hear of a member's end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public override string Endpoint => Run.Endpoint ?? $"the host of {Run.Master}";

    public override bool IsObserved => false;

    protected override string? Key => key;

    public override SyncOptions OptionsOf(string member, string? role)
    {
        SyncOptions options = base.OptionsOf(member, role);
        options.Endpoint = Run.Endpoint;
        options.Master = Run.Master;
        return options;
    }

    /// <summary>As a command of the member, because nothing else of it is left to say so.</summary>
    public override async Task RetireAsync(MemberRun member, string? failure)
    {
        // With its master the group is gone.
        if (member.Id == Run.Master) return;
        SyncOptions options = OptionsOf(member.Id, member.Plan.Role);
        options.Incarnation = member.Incarnation;
        options.IsCommand = true;
        options.IsBystander = true;
        options.Timeout = Patience;
        if (options.Endpoint is null) options.Endpoint = options.EndpointOf(Run.Master!).ToString();
        try
        {
            SyncGroup group = await SyncGroup.JoinAsync(options).ConfigureAwait(false);
            await using (group.ConfigureAwait(false))
            {
                await ReadValuesAsync(group, member).ConfigureAwait(false);
                if (failure is not null) await group.FailAsync(failure).ConfigureAwait(false);
                else await group.LeaveAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SyncException or SyncTimeoutException or ObjectDisposedException)
        {
            // No server is there to tell, or it has told a live process the seat: its end is seen by the server then.
        }
    }

    public override Task FlushAsync() => Task.CompletedTask;

    public override IReadOnlyDictionary<string, WaitStatus> Waits() => new Dictionary<string, WaitStatus>();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task ReadValuesAsync(SyncGroup group, MemberRun member)
    {
        try
        {
            SyncMessages messages = await group.PeekAsync(RunEngine.ResultId).ConfigureAwait(false);
            foreach (SyncMessage message in messages.Where(message => message.Sender == member.Id))
            {
                foreach ((string key, string value) in message.Data) member.Values[key] = value;
            }
        }
        catch (Exception e) when (e is SyncException or SyncTimeoutException)
        {
            // A member that failed by its own word, or a group that is over, tells nothing any more.
        }
    }
}
