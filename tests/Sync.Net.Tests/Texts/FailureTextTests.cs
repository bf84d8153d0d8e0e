using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Texts;

public sealed class FailureTextTests
{
    private static readonly string[] Three = ["client1", "client2", "server"];
    private static readonly MemberFact Client2 = new("client2", null, MemberState.Joined, TimeSpan.FromSeconds(41.7), "disk-ready");

    private static readonly CallContext Barrier = new(
        "server", new SessionKey(SessionKind.Barrier, "server-up"), 3, TimeSpan.FromSeconds(120.02), "10.0.0.1:11922", "client1");

    private static readonly CallContext Data = Barrier with { Session = new SessionKey(SessionKind.Data, "setup") };

    [Fact]
    public void Timeout_OneMissing_SaysWhoAndWhereLastSeen() => Pinned(
        "Barrier 'server-up': 2 of 3 arrived within 00:02:00; missing: client2 (last seen 41 s ago in 'disk-ready').",
        Barrier,
        new Failed(SyncFailureKind.Timeout, null, null, null, Three, ["client1", "server"], [Client2]));

    [Fact]
    public void Timeout_OfAnotherMember_NamesIt() => Pinned(
        "Barrier 'server-up': 2 of 3 arrived within 2.5 s, when client1 gave up after 2 s; missing: client2 (never came).",
        Barrier with { Waited = TimeSpan.FromSeconds(2.5) },
        new Failed(SyncFailureKind.Timeout, "client1", "client1 gave up after 2 s", null, Three, ["client1", "server"], [Absent("client2")]));

    [Fact]
    public void Timeout_OwnAndWithHint_EndsWithTheHint() => Pinned(
        "Data 'setup': 1 of 3 took part within 0.25 s; missing: client1 (role db, silent, last seen 12 s ago), client2 (never came). "
        + "client1 waits in Data 'setup2' instead.",
        Data with { Waited = TimeSpan.FromMilliseconds(250) },
        new Failed(
            SyncFailureKind.Timeout,
            "server",
            null,
            "client1 waits in Data 'setup2' instead",
            Three,
            ["server"],
            [new("client1", "db", MemberState.Away, TimeSpan.FromSeconds(12), null), Absent("client2")]));

    [Fact]
    public void Timeout_JudgedByTheServerWithoutAGeneration_IsNotCalledUnreached() => Pinned(
        "Barrier 'server-up': nobody to meet came within 00:02:00.",
        Barrier,
        new Failed(SyncFailureKind.Timeout, "server", "server gave up after 2 min", null, [], [], []));

    [Fact]
    public void Timeout_ManyMissing_ShortensOnlyTheText()
    {
        string[] all = [.. Enumerable.Range(10, 20).Select(i => $"n{i}")];
        Exception e = FailureMapper.ToException(
            Barrier, new Failed(SyncFailureKind.Timeout, null, null, null, all, [], [.. all.Select(Absent)]));
        Assert.Equal(
            "Barrier 'server-up': 0 of 20 arrived within 00:02:00; missing: n10 (never came), n11 (never came), n12 (never came), "
            + "n13 (never came), n14 (never came), n15 (never came), n16 (never came), n17 (never came) and 12 more.",
            e.Message);
        Assert.Equal(20, ((ISyncFailure)e).Failure.Missing.Count);
        Assert.Equal(20, ((ISyncFailure)e).Failure.Expected.Count);
    }

    [Fact]
    public void Lost_NamesWhoWhyAndWhenLastSeen() => Pinned(
        "Barrier 'server-up': client2 was lost (connection closed); 1 of 3 had arrived after 00:02:00; "
        + "missing: client1 (never came), client2 (lost, last seen 3 s ago in 'disk-ready').",
        Barrier,
        new Failed(
            SyncFailureKind.MemberLost,
            "client2",
            "connection closed",
            null,
            Three,
            ["server"],
            [Absent("client1"), Client2 with { State = MemberState.Lost, LastSeenAgo = TimeSpan.FromSeconds(3) }]));

    [Fact]
    public void Left_NamesWho() => Pinned(
        "Barrier 'server-up': client2 left the group; 2 of 3 had arrived after 00:02:00; missing: client2 (left, last seen 41 s ago in 'disk-ready').",
        Barrier,
        new Failed(SyncFailureKind.MemberLeft, "client2", null, null, Three, ["client1", "server"], [Client2 with { State = MemberState.Left }]));

    [Fact]
    public void Failed_NamesWhoAndWhy() => Pinned(
        "Data 'setup': client2 failed (disk full); 2 of 3 had taken part after 00:02:00; missing: client2 (failed, last seen 41 s ago in 'disk-ready').",
        Data,
        new Failed(SyncFailureKind.MemberFailed, "client2", "disk full.", null, Three, ["client1", "server"], [Client2 with { State = MemberState.Failed }]));

    [Fact]
    public void Aborted_ForeignReason_BecomesOneLine() => Pinned(
        "Barrier 'server-up': client1 aborted (no space left on device); 2 of 3 had arrived after 00:02:00; missing: client2 (last seen 41 s ago in 'disk-ready').",
        Barrier,
        new Failed(SyncFailureKind.Aborted, "client1", "no space\n\tleft\u0007 on device\r\n", null, Three, ["client1", "server"], [Client2]));

    [Fact]
    public void Mismatch_NamesWhoDiffers() => Pinned(
        "Barrier 'server-up': client2 does not ask for the same as the others (its roster is client2, server; theirs is client1, client2, server); "
        + "2 of 3 had arrived after 00:02:00. Pass the same list on every member.",
        Barrier,
        new Failed(
            SyncFailureKind.Mismatch,
            "client2",
            "its roster is client2, server; theirs is client1, client2, server",
            "Pass the same list on every member.",
            Three,
            ["client1", "server"],
            []));

    [Fact]
    public void Mismatch_WithoutCulprit_SaysThatTheyDiffer() => Pinned(
        "Barrier 'server-up': the members do not ask for the same (generation 4, not 3), after 00:02:00.",
        Barrier,
        new Failed(SyncFailureKind.Mismatch, null, "generation 4, not 3", null, [], [], []));

    [Fact]
    public void DeadlockAndCleared_SayWhy()
    {
        Pinned(
            "Barrier 'server-up': every member waits and no wait can be met (a waits for b, b waits for a); 0 of 3 had arrived after 00:02:00.",
            Barrier,
            new Failed(SyncFailureKind.Deadlock, null, "a waits for b, b waits for a", null, Three, [], []));
        Pinned(
            "Barrier 'server-up': cleared by an operator; 0 of 3 had arrived after 00:02:00.",
            Barrier,
            new Failed(SyncFailureKind.Cleared, null, null, null, Three, [], []));
    }

    [Fact]
    public void ServerLost_IsUndecided()
    {
        SyncException e = FailureMapper.ServerLost(Barrier, "connection reset by peer");
        Assert.Equal(
            "Barrier 'server-up': the server at 10.0.0.1:11922 was lost before its decision was learned, after 00:02:00 "
            + "(connection reset by peer): undecided, others may have passed.",
            e.Message);
        Assert.True(e.Failure.Undecided);
        Assert.Equal(SyncFailureKind.ServerLost, e.Failure.Kind);
    }

    [Fact]
    public void Unreachable_IsATimeoutThatNamesTheMaster()
    {
        SyncTimeoutException e = FailureMapper.Unreachable(Barrier, "connection refused");
        Assert.Equal(
            "Barrier 'server-up': no server was reached at 10.0.0.1:11922 within 00:02:00 (connection refused). "
            + "Look whether client1, which hosts the server, has started and can be reached from server.",
            e.Message);
        Assert.False(e.Failure.Undecided);
        Assert.Equal(
            "Barrier 'server-up': no server was reached within 00:02:00. Look whether the server has started and can be reached from here.",
            FailureMapper.Unreachable(Barrier with { Endpoint = null, Master = null }, null).Message);
    }

    [Theory]
    [InlineData((byte)RefuseReason.Key, "Give all members and the server the same key (SyncOptions.Key or SYNC_NET_KEY), or give none of them one.")]
    [InlineData((byte)RefuseReason.Duplicate, "Two processes use the id 'server' in one group: give each a tag of its own, such as server#other, or give test runs that share this host a group or a port of their own (SyncOptions.Group, SyncOptions.Port).")]
    [InlineData((byte)RefuseReason.Replaced, "A newer process took the seat of 'server': start one process for each id.")]
    [InlineData((byte)RefuseReason.Version, "Use the same version of Sync.Net on all members.")]
    [InlineData((byte)RefuseReason.Stranger, "List this member in the roster of all members.")]
    [InlineData((byte)RefuseReason.Limit, "Raise the limit in the Limits of the server's options.")]
    [InlineData((byte)RefuseReason.Protocol, "Look which program listens there: it may not be a Sync.Net server.")]
    public void Refused_SaysWhatToDo(byte reason, string hint)
    {
        SyncException e = FailureMapper.Refused(Barrier, (RefuseReason)reason, "so it was said");
        Assert.Equal($"Barrier 'server-up': server was refused by the server at 10.0.0.1:11922 (so it was said). {hint}", e.Message);
        Assert.Equal((SyncFailureKind.Refused, hint), (e.Failure.Kind, e.Failure.Hint));
    }

    [Fact]
    public void Refused_WithoutSession_HasNoSubject() => Assert.Equal(
        "a was refused (the port is held by another program). Choose another port.",
        FailureMapper.Refused(new CallContext("a"), "the port is held by another program", "Choose another port.").Message);

    [Fact]
    public void Payload_NamesWhoGaveIt()
    {
        Assert.Equal(
            "Data 'setup': what client2 gave could not be read as NodeInfo (3 bytes are left over).",
            FailureMapper.Payload(Data, "client2", "could not be read as NodeInfo (3 bytes are left over)").Message);
        Assert.Equal(
            "Data 'setup': what server (this member) gave has 9 bytes, and at most 8 are allowed. Send less.",
            FailureMapper.Payload(Data, "server", "has 9 bytes, and at most 8 are allowed", "Send less.").Message);
    }

    [Fact]
    public void ToException_AllFacts_AreProperties()
    {
        var outcome = new Failed(SyncFailureKind.Timeout, "client1", "why", "hint", Three, ["client1", "server"], [Client2 with { Role = "db" }]);
        var inner = new IOException();
        var e = Assert.IsType<SyncTimeoutException>(FailureMapper.ToException(Barrier, outcome, inner));
        Assert.Same(inner, e.InnerException);
        SyncFailure f = e.Failure;
        Assert.Equal((SyncFailureKind.Timeout, "server-up", 3L, "server"), (f.Kind, f.Session, f.Generation, f.Self));
        Assert.Equal(("client1", "why", "hint", "10.0.0.1:11922"), (f.Culprit, f.Reason, f.Hint, f.Endpoint));
        Assert.Equal(Three, f.Expected);
        Assert.Equal(["client1", "server"], f.Arrived);
        GroupMember missing = Assert.Single(f.Missing);
        Assert.Equal(("client2", "db", MemberState.Joined, "disk-ready"), (missing.Id, missing.Role, missing.State, missing.LastSeenIn));
        Assert.Equal(TimeSpan.FromSeconds(41.7), missing.LastSeenAgo);
        Assert.Equal(TimeSpan.FromSeconds(120.02), f.Elapsed);
        Assert.False(f.Undecided);
        Assert.Equal(e.Message, f.ToString());
    }

    [Fact]
    public void ToException_EveryKind_IsOneLineAndTyped()
    {
        foreach (SyncFailureKind kind in Enum.GetValues<SyncFailureKind>())
        {
            Exception e = FailureMapper.ToException(Barrier, new Failed(kind, null, null, null, [], [], []));
            Assert.Equal(kind == SyncFailureKind.Timeout, e is SyncTimeoutException);
            Assert.Equal(kind, ((ISyncFailure)e).Failure.Kind);
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
            Assert.DoesNotContain("..", e.Message, StringComparison.Ordinal);
        }
    }

    private static MemberFact Absent(string id) => new(id, null, MemberState.Absent, null, null);

    private static void Pinned(string text, in CallContext call, Failed outcome) =>
        Assert.Equal(text, FailureMapper.ToException(call, outcome).Message);
}
