using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>A member of a test: an id and options, in a process.</summary>
internal sealed record Member(MemberProcess Process, string Id, OptionFacts Options)
{
    /// <summary>Another member in the same process.</summary>
    public Member Beside(string id) => this with { Id = id };

    public Member With(OptionFacts options) => this with { Options = options };

    public async Task<RemoteBarrier> BarrierAsync(
        string tag, IReadOnlyList<string>? roster = null, TimeSpan? timeout = null, string? server = null)
    {
        string target = $"{Id}/{tag}/{Guid.NewGuid():N}";
        await Process.Send(new Command
        {
            Id = 0,
            Op = Ops.Barrier,
            Target = target,
            HostId = Id,
            Session = tag,
            Roster = roster,
            TimeoutMs = timeout?.TotalMilliseconds,
            Server = server,
            Options = Options,
        }).ResultAsync();
        return new RemoteBarrier(this, target);
    }

    public async Task<RemoteData> DataAsync(
        string session,
        string master,
        IReadOnlyList<string> hosts,
        TimeSpan? timeout = null,
        string? dataType = null,
        string? server = null)
    {
        string target = $"{Id}/{session}/{Guid.NewGuid():N}";
        await Process.Send(new Command
        {
            Id = 0,
            Op = Ops.Data,
            Target = target,
            HostId = Id,
            MasterId = master,
            Session = session,
            Roster = hosts,
            TimeoutMs = timeout?.TotalMilliseconds,
            DataType = dataType,
            Server = server,
            Options = Options,
        }).ResultAsync();
        return new RemoteData(this, target);
    }

    /// <summary>Joins the group that the options declare.</summary>
    public async Task<RemoteGroup> JoinAsync()
    {
        string target = $"{Id}/group/{Guid.NewGuid():N}";
        await Process.Send(new Command { Id = 0, Op = Ops.Group, Target = target, HostId = Id, Options = Options }).ResultAsync();
        return new RemoteGroup(this, target);
    }

    /// <summary>Starts a server in this member's process.</summary>
    public async Task<RemoteServer> ServerAsync(string? listen = null)
    {
        string target = $"server/{Guid.NewGuid():N}";
        CallResult started = await Process
            .Send(new Command { Id = 0, Op = Ops.Server, Target = target, Listen = listen, Options = Options })
            .ResultAsync();
        return new RemoteServer(this, target, started.Endpoint!);
    }

    /// <summary>Returns when the server knows that a member is lost: whoever waits for it fails then.</summary>
    public async Task KnowsAsLostAsync(Member lost)
    {
        RemoteBarrier probe = await BarrierAsync($"lost-{Guid.NewGuid():N}", [Id, lost.Id]);
        (await probe.Rendezvous(Lab.LongTimeout).FailureAsync()).Is(SyncFailureKind.MemberLost, lost.Id);
    }
}
