namespace Sync.Net.Tests.PublicApi.Groups;

// Restraint's sticky states.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task R1_WaitForAll_IsMetWhenTheMembersHaveAllOfTheStates()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task wait = m[0].WaitForStatesAsync(["up", "tested"], ["b", "c"], Token);
        await m[1].SetStateAsync("up", Token);
        await m[1].SetStateAsync("tested", Token);
        await m[2].SetStateAsync("up", Token);
        await m[0].SetStateAsync("tested", Token);
        await SettleAsync(m[0]);
        Assert.False(wait.IsCompleted);

        await m[2].SetStateAsync("tested", Token);

        await wait.WaitAsync(Token);
    }

    [Fact]
    public async Task R1_WaitForAny_IsMetWhenEachOfTheMembersHasOneOfTheStates()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task wait = m[0].WaitForStatesAsync(["passed", "failed"], ["b", "c"], StateMatch.Any, cancellationToken: Token);
        await m[1].SetStateAsync("failed", Token);
        await SettleAsync(m[0]);
        Assert.False(wait.IsCompleted);

        await m[2].SetStateAsync("passed", Token);

        await wait.WaitAsync(Token);
    }

    [Fact]
    public async Task R1_States_AreSticky()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[1].SetStateAsync("one", Token);
        await m[1].SetStateAsync("two", Token);
        await m[1].SetStateAsync("one", Token);

        await m[0].WaitForStatesAsync(["one", "two"], ["b"], StateMatch.All, TimeSpan.Zero, Token);
        await m[0].WaitForStatesAsync(["two"], ["b"], StateMatch.All, TimeSpan.Zero, Token);
    }

    [Fact]
    public async Task R1_Timeout_NamesWhoLacksTheState()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[1].SetStateAsync("up", Token);

        SyncFailure failure = await FailureAsync(
            m[0].WaitForStatesAsync(["up"], ["b", "c"], StateMatch.All, TimeSpan.Zero, Token), SyncFailureKind.Timeout, "a");

        Assert.Equal("c", Assert.Single(failure.Missing).Id);
    }

    [Fact]
    public async Task R2_State_SurvivesDeathAndReturnOfItsMember()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[1].SetStateAsync("up", Token);
        await KillAsync(m[1], witness: m[2]);

        await m[0].WaitForStatesAsync(["up"], ["b"], Token);
        await FailureAsync(m[0].WaitForStatesAsync(["tested"], ["b"], Token), SyncFailureKind.MemberLost, "b");

        SyncGroup again = await JoinAsync("b", "a b c");
        await m[0].WaitForStatesAsync(["up"], ["b"], Token);
        Task tested = m[0].WaitForStatesAsync(["up", "tested"], ["b"], Token);
        await SettleAsync(m[0]);
        await again.SetStateAsync("tested", Token);
        await tested.WaitAsync(Token);
    }

    [Fact]
    public async Task R1_StrangersState_IsRefused()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        SyncFailure failure = await FailureAsync(m[0].WaitForStatesAsync(["up"], ["nobody"], Token), SyncFailureKind.Refused);
        Assert.Contains("nobody", failure.Reason, StringComparison.Ordinal);
    }
}
