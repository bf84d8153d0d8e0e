using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

internal sealed class RemoteBarrier(Member member, string target) : RemoteObject(member, target)
{
    public PendingCall Rendezvous(TimeSpan? timeout = null, IReadOnlyList<string>? roster = null) =>
        Send(new Command { Id = 0, Op = Ops.Rendezvous, TimeoutMs = timeout?.TotalMilliseconds, Roster = roster });

    public PendingCall Try(TimeSpan timeout) =>
        Send(new Command { Id = 0, Op = Ops.Try, TimeoutMs = timeout.TotalMilliseconds });

    public PendingCall RendezvousServers(string master, IReadOnlyList<string> members, TimeSpan? timeout = null) => Send(new Command
    {
        Id = 0,
        Op = Ops.RendezvousServers,
        MasterId = master,
        Roster = members,
        TimeoutMs = timeout?.TotalMilliseconds,
    });

    public PendingCall Abort(string reason) => Send(new Command { Id = 0, Op = Ops.Abort, Reason = reason });

    /// <summary>Meets again and again; the result tells how often, and how long the slowest took.</summary>
    public PendingCall Loop(int count, TimeSpan timeout) =>
        Send(new Command { Id = 0, Op = Ops.Loop, Count = count, TimeoutMs = timeout.TotalMilliseconds });
}
