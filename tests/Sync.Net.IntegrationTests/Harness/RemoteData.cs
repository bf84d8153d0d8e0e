using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

internal sealed class RemoteData(Member member, string target) : RemoteObject(member, target)
{
    public PendingCall Sync(string data, TimeSpan? timeout = null, string? session = null, IReadOnlyList<string>? from = null) =>
        Send(Call(Ops.Sync, timeout, session) with { Data = data, From = from });

    public PendingCall Read(TimeSpan? timeout = null, string? session = null, IReadOnlyList<string>? from = null) =>
        Send(Call(Ops.Read, timeout, session) with { From = from });

    public PendingCall SingleSync(string data, TimeSpan? timeout = null) => Send(Call(Ops.SingleSync, timeout, null) with { Data = data });

    public PendingCall Abort(string reason) => Send(Call(Ops.Abort, null, null) with { Reason = reason });

    public PendingCall Loop(int count) => Send(Call(Ops.Loop, null, null) with { Count = count });

    /// <summary>That many sessions at once on this object.</summary>
    public PendingCall Many(int count) => Send(Call(Ops.Many, null, null) with { Count = count });

    private static Command Call(string op, TimeSpan? timeout, string? session) =>
        new() { Id = 0, Op = op, TimeoutMs = timeout?.TotalMilliseconds, Session = session };
}
