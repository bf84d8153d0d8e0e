namespace Sync.Net.Tests.PublicApi.Groups;

// A member's part as one call.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task Run_BodyThrows_TheGroupIsToldWhyAndTheCallerGetsTheException()
    {
        SyncGroup a = await JoinAsync("a", "a b");
        Task<SyncMessages> wait = a.WaitAllAsync("x", Token);
        SyncOptions options = await OptionsAsync("b", Declared("a b"));

        FormatException e = await Assert.ThrowsAsync<FormatException>(() =>
            SyncGroup.RunAsync(options, (_, _) => throw new FormatException("not a\nnumber"), Token));

        Assert.Equal("not a\nnumber", e.Message);
        SyncFailure failure = await FailureAsync(wait, SyncFailureKind.MemberFailed, "b");
        Assert.Contains("FormatException: not a", failure.Reason, StringComparison.Ordinal);
        await FailureAsync(a.WaitAllAsync("later", Token), SyncFailureKind.MemberFailed, "b");
    }

    [Fact]
    public async Task Run_BodyEnds_TheMemberHasLeft()
    {
        SyncGroup a = await JoinAsync("a", "a b");
        Task<SyncMessages> sent = a.WaitAllAsync("sent", ["b"], Token);
        Task<SyncMessages> never = a.WaitAllAsync("never", ["b"], Token);

        await SyncGroup.RunAsync(await OptionsAsync("b", Declared("a b")), (group, token) => group.SendAsync("sent", token), Token);

        await sent;
        await FailureAsync(never, SyncFailureKind.MemberLeft, "b");
    }

    [Fact]
    public async Task Run_MemberThatFailed_MayComeBack()
    {
        SyncGroup a = await JoinAsync("a", "a b");
        await Assert.ThrowsAsync<FormatException>(async () =>
            await SyncGroup.RunAsync(await OptionsAsync("b", Declared("a b")), (_, _) => throw new FormatException(), Token));

        SyncGroup again = await JoinAsync("b", "a b");

        await a.WaitForMembersAsync(Token);
        await AllAsync(a.SyncAsync("x", Token), again.SyncAsync("x", Token));
    }
}
