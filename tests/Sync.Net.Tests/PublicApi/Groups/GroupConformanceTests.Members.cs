namespace Sync.Net.Tests.PublicApi.Groups;

// Who belongs to a group, and what becomes of the members.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task L1_SelfRoleRolesAndMembersByRole_AreTold()
    {
        SyncGroup[] m = await JoinAllAsync("a=server b=client c=client d");

        Assert.Equal(("b", "client"), (m[1].Self, m[1].Role));
        Assert.Null(m[3].Role);
        Assert.Equal(["client", "server"], m[3].Roles);
        Assert.Equal(["a", "b", "c", "d"], m[0].Members.Select(member => member.Id));
        Assert.Equal(["b", "c"], m[0].Members.Where(member => member.Role == "client").Select(member => member.Id));
        Assert.DoesNotContain(m[0].Members, member => member.Role == "observer");
    }

    [Fact]
    public async Task L1_Members_TellWhoComesGoesAndDies()
    {
        SyncGroup a = await JoinAsync("a", "a b c d");
        await StatesAsync(a, MemberState.Joined, MemberState.Absent, MemberState.Absent, MemberState.Absent);
        SyncGroup b = await JoinAsync("b", "a b c d");
        SyncGroup c = await JoinAsync("c", "a b c d");
        SyncGroup d = await JoinAsync("d", "a b c d");
        await StatesAsync(a, MemberState.Joined, MemberState.Joined, MemberState.Joined, MemberState.Joined);

        await b.LeaveAsync(Token);
        await EndProcessAsync(c);
        await d.FailAsync("out of paper", Token);

        await StatesAsync(a, MemberState.Joined, MemberState.Left, MemberState.Lost, MemberState.Failed);
        await JoinAsync("c", "a b c d");
        await StatesAsync(a, MemberState.Joined, MemberState.Left, MemberState.Joined, MemberState.Failed);
    }

    [Fact]
    public async Task WaitForMembers_IsMetWhenAllDeclaredOnesHaveJoined()
    {
        SyncGroup a = await JoinAsync("a", "a b");
        SyncFailure failure = await FailureAsync(a.WaitForMembersAsync(TimeSpan.Zero, Token), SyncFailureKind.Timeout, "a");
        Assert.Equal("b", Assert.Single(failure.Missing).Id);
        Task wait = a.WaitForMembersAsync(Token);

        SyncGroup b = await JoinAsync("b", "a b");

        await wait.WaitAsync(Token);
        await b.WaitForMembersAsync(Token);
    }

    [Fact]
    public async Task L7_SeatsByRole_FillUpAndAreKnownByWhoTookThem()
    {
        SyncGroup s = await JoinAsync("x1", "client*2 server*1", "server");
        SyncGroup c = await JoinAsync("x2", "client*2 server*1", "client");
        Task<SyncMessages> clients = s.WaitAllAsync("up", "client", cancellationToken: Token);
        Task<SyncMessages> all = s.WaitAllAsync("up", Token);
        await c.SendAsync("up", Token);
        await s.SendAsync("up", Token);
        await SettleAsync(s);
        Assert.False(clients.IsCompleted || all.IsCompleted);

        SyncGroup late = await JoinAsync("x3", "client*2 server*1", "client");
        await SettleAsync(s);
        Assert.False(clients.IsCompleted || all.IsCompleted);
        await late.SendAsync("up", Token);

        await AllAsync(clients, all);
        await UntilAsync(() => s.Members.Count == 3);
        Assert.Equal(["server", "client", "client"], s.Members.Select(member => member.Role));
        Assert.Equal(["client", "server"], late.Roles);
        await late.WaitForMembersAsync(Token);
    }

    [Fact]
    public async Task L7_SeatsByRole_NoMoreThanDeclaredAndASeatBelongsToItsFirstId()
    {
        SyncGroup s = await JoinAsync("x1", "client*1 server*1", "server");
        SyncGroup c = await JoinAsync("x2", "client*1 server*1", "client");
        await KillAsync(c, witness: s);

        SyncFailure full = await FailureAsync(JoinAsync("x3", "client*1 server*1", "client"));

        Assert.Equal(SyncFailureKind.Refused, full.Kind);
        Assert.Contains("all seats of that role are taken: x2", full.Reason, StringComparison.Ordinal);
        await JoinAsync("x2", "client*1 server*1", "client");
        await s.WaitForMembersAsync(Token);
    }

    [Fact]
    public async Task L7_SeatsByRole_ABarrierOfAllMeetsWhenTheyAreFull()
    {
        SyncGroup s = await JoinAsync("x1", "client*1 server*1", "server");
        Task<RendezvousResult> early = s.Barrier("start").RendezvousAsync(Token);
        SyncGroup c = await JoinAsync("x2", "client*1 server*1", "client");

        RendezvousResult[] met = await AllAsync(early, c.Barrier("start").RendezvousAsync(Token));

        Assert.All(met, each => Assert.Equal(2, each.Count));
    }

    [Fact]
    public async Task Rule17_Stranger_IsRefusedAndHarmsNobody()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<SyncMessages> wait = m[0].WaitAllAsync("x", Token);

        SyncFailure failure = await FailureAsync(JoinAsync("stranger", "stranger"));

        Assert.Equal(SyncFailureKind.Refused, failure.Kind);
        Assert.Contains("stranger is not one of the group's members: a, b", failure.Reason, StringComparison.Ordinal);
        await m[0].SendAsync("x", Token);
        await m[1].SendAsync("x", Token);
        await wait;
    }

    [Fact]
    public async Task Rule17_AnotherDeclaration_IsAMismatchThatShowsBoth()
    {
        await JoinAsync("a", "a b=client");

        SyncFailure failure = await FailureAsync(JoinAsync("b", "a b=client c"));

        Assert.Equal((SyncFailureKind.Mismatch, "b"), (failure.Kind, failure.Culprit));
        Assert.Contains("[a, b=client, c]", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("[a, b=client]", failure.Reason, StringComparison.Ordinal);
        await JoinAsync("b", "a b=client");
    }

    [Fact]
    public async Task Rule17_WhoIsNotInTheOwnDeclaration_IsTheCallersErrorAtOnce()
    {
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => JoinAsync("c", "a b"));
        Assert.Contains("'c'", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<ArgumentException>(() => JoinAsync("c", "client*2", "server"));
        Assert.Contains("'server'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule17_OpenGroup_RefusesToWaitForAllAndSaysTheRemedy()
    {
        SyncGroup a = await JoinAsync("a", "", "client");
        SyncGroup b = await JoinAsync("b", "");

        foreach (Task refused in new Task[] { a.WaitAllAsync("x", Token), a.WaitAllAsync("x", "client", cancellationToken: Token), a.SyncAsync("x", Token), a.WaitForMembersAsync(Token) })
        {
            SyncFailure failure = await FailureAsync(refused, SyncFailureKind.Refused);
            Assert.Contains("declare", failure.Reason, StringComparison.Ordinal);
        }
        Assert.Throws<InvalidOperationException>(() => a.Barrier("x"));
        Assert.Throws<InvalidOperationException>(() => a.Data<int>("x"));

        Task<SyncMessages> wait = a.WaitAsync("x", Token);
        Task<SyncMessages> named = a.WaitAllAsync("x", ["b"], Token);
        await b.SendValueAsync("x", 1, cancellationToken: Token);
        Assert.All(await AllAsync(wait, named), messages => Assert.Equal(1, messages.Latest!.Read<int>()));
        await AllAsync(a.Barrier("x", ["a", "b"]).RendezvousAsync(Token), b.Barrier("x", ["a", "b"]).RendezvousAsync(Token));
        await AllAsync(a.CountedBarrier().WaitAsync(2, Token), b.CountedBarrier().WaitAsync(2, Token));
        await UntilAsync(() => b.Members.Count == 2);
        Assert.Equal(["client"], b.Roles);
    }

    private Task StatesAsync(SyncGroup of, params MemberState[] expected) =>
        UntilAsync(() => of.Members.Select(member => member.State).SequenceEqual(expected));
}
