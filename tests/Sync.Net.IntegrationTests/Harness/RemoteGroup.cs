using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>A member's side of a group, in the member's process.</summary>
internal sealed class RemoteGroup(Member member, string target) : RemoteObject(member, target)
{
    public PendingCall SendMessage(string id, params (string Key, string Value)[] pairs) => Ask(Ops.Send, id, pairs);

    public PendingCall Wait(string id) => Ask(Ops.Wait, id);

    public PendingCall WaitAll(string id, string? role = null) =>
        Send(new Command { Id = 0, Op = Ops.WaitAll, Session = id, Role = role, TimeoutMs = Lab.LongTimeout.TotalMilliseconds });

    public PendingCall Sync(string id, params (string Key, string Value)[] pairs) => Ask(Ops.SyncAll, id, pairs);

    public PendingCall Barrier(string name) => Ask(Ops.Rendezvous, name);

    /// <summary>Waits at a counted barrier, and reports a code there.</summary>
    public PendingCall Count(string name, int code = 0) =>
        Send(new Command { Id = 0, Op = Ops.Count, Session = name, Count = code, TimeoutMs = Lab.LongTimeout.TotalMilliseconds });

    public PendingCall Initialize(string name, int count) =>
        Send(new Command { Id = 0, Op = Ops.Initialize, Session = name, Count = count, TimeoutMs = Lab.LongTimeout.TotalMilliseconds });

    public PendingCall SetState(string state) => Ask(Ops.SetState, state);

    public PendingCall WaitForState(string state, params string[] members) =>
        Send(new Command { Id = 0, Op = Ops.WaitForStates, Session = state, Roster = members, TimeoutMs = Lab.LongTimeout.TotalMilliseconds });

    public PendingCall WaitForMembers() => Ask(Ops.WaitForMembers, "");

    public PendingCall Members() => Ask(Ops.Members, "");

    public PendingCall Fail(string reason) => Send(new Command { Id = 0, Op = Ops.Fail, Reason = reason });

    public PendingCall Lost() => Ask(Ops.Lost, "");

    /// <summary>Returns when the server knows of all that this member has asked: its calls arrive in their order.</summary>
    public Task ArrivedAsync() => SendMessage("arrived").ResultAsync();

    private PendingCall Ask(string op, string name, (string Key, string Value)[]? pairs = null) => Send(new Command
    {
        Id = 0,
        Op = op,
        Session = name,
        Pairs = pairs is { Length: > 0 } ? pairs.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal) : null,
        TimeoutMs = Lab.LongTimeout.TotalMilliseconds,
    });
}
