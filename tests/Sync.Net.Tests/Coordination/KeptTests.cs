using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>RULES 2: what the next server knows, and what it does not.</summary>
public sealed class KeptTests
{
    [Fact]
    public void WithoutAStore_NothingIsTold()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Send("a", "m");
        group.SetState("a", "up");
        group.Add("a", 1);
        group.Fail("b", "no");

        Assert.Empty(group.Facts);
        Assert.False(group.Coordinator.IsKept);
    }

    [Fact]
    public void BarriersAndWaits_TellNothing()
    {
        GroupDriver group = Kept();
        group.MeetAll("a", "x");
        group.MeetAll("b", "x");
        group.Receive("a", "m");
        group.Count("a");
        group.Initialize("b", 1);
        group.Leave("b");

        Assert.Empty(group.Facts);
    }

    [Fact]
    public void Rule2_Message_IsThereWithItsNumberItsRoleAndItsAge()
    {
        GroupDriver group = Kept("client server");
        group.Send("a", "m", "1");
        group.Advance(10);
        group.Send("b", "m", null, "text");

        GroupDriver next = group.NextServer("b", after: 5);
        Wait got = next.ReceiveAll("b", "m");

        Assert.Equal("a=1 b=-", got.Data);
        Assert.Equal(["client", "server"], got.Released.Contributions!.Select(each => each.Role));
        Assert.Equal([15, 5], got.Released.Contributions!.Select(each => each.Ago.TotalSeconds));
        Assert.Equal([1, 2], got.Released.Contributions!.Select(each => each.Number));
        Assert.Equal("text", got.Released.Contributions![1].Contract);
        Assert.True(next.Receive("b", "m", after: 2).IsOpen);
    }

    [Fact]
    public void Rule2_StatesAndCredits_AreThere()
    {
        GroupDriver group = Kept();
        group.SetState("a", "up");
        group.Add("a", 1, code: 7);

        GroupDriver next = group.NextServer("b");

        Assert.IsType<Released>(next.WaitForStates("b", "a", "up").Outcome);
        Wait count = next.Count("b");
        Assert.Equal(7, count.Released.Code);
        Assert.Equal(["a"], count.Released.CodeBy!);
    }

    [Fact]
    public void Rule2_NamedCredit_IsForTheSameMembers()
    {
        GroupDriver group = Kept();
        group.Add("a", 0, roster: "b");

        GroupDriver next = group.NextServer("a b");

        next.Count("a").FailedWith(SyncFailureKind.Mismatch);
        Assert.IsType<Released>(next.Count("b").Outcome);
    }

    [Fact]
    public void E2_UsedOrClearedCredit_IsGone()
    {
        GroupDriver group = Kept();
        group.Add("a", 1);
        group.Count("b");
        group.Add("a", 1);
        group.Clear("b");
        group.Add("a", 2);

        Assert.Single(group.Book.Keys, static key => key.StartsWith("g 7 ", StringComparison.Ordinal));
        GroupDriver next = group.NextServer("a b");
        Wait first = next.Count("a");
        Assert.True(first.IsOpen);
        next.Count("b");
        Assert.Equal(2, first.Released.Count);
        Assert.True(next.NextServer("a").Count("a").IsOpen);
    }

    [Fact]
    public void Rule2_OpenRound_IsNotContinued()
    {
        GroupDriver group = Kept();
        group.Add("a", 2);
        group.Count("a");
        group.MeetAll("a", "x");

        GroupDriver next = group.NextServer("a b");
        next.Declare("a b", "a b");

        Assert.True(next.MeetAll("b", "x").IsOpen);
        Assert.True(next.Count("b").IsOpen);
        Assert.Equal(2, next.Coordinator.KeptRounds);
    }

    [Fact]
    public void Rule13_ContributionToAnOpenRound_Stays()
    {
        GroupDriver group = Kept();
        group.Sync("a", "m", "1");

        GroupDriver next = group.NextServer("a b");

        Assert.Equal("a=1 b=2", next.Sync("b", "m", "2").Data);
        // Its wait ended with its server; it enters the same round again, which is met.
        Assert.Equal(1, next.Sync("a", "m").Generation);
        Assert.True(next.Sync("a", "m").IsOpen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void X1_RoundThatWasMet_LetsNobodyThroughAgain(bool acknowledged)
    {
        GroupDriver group = Kept();
        if (!acknowledged) group.WithholdAcknowledgements("a");
        group.Sync("a", "m");
        group.Sync("b", "m");

        GroupDriver next = group.NextServer("a b");

        Wait second = next.Sync("a", "m");
        Assert.True(second.IsOpen);
        next.Sync("b", "m");
        Assert.Equal(2, second.Generation);
    }

    [Fact]
    public void Rule13_WhoOnlySent_IsInItsRoundStill()
    {
        GroupDriver group = Kept();
        group.Send("b", "m", "0");
        group.Sync("a", "m", "1");

        Assert.Equal(1, group.NextServer("b").Sync("b", "m").Generation);
    }

    [Fact]
    public void Rule3_RequestThatWasKept_CountsOnce()
    {
        GroupDriver group = Kept();
        Wait sent = group.Send("a", "m", "1"), added = group.Add("a", 1);

        GroupDriver next = group.NextServer("a b");
        Wait sentAgain = next.Again(sent, new Ask(Act.Send), "1"), addedAgain = next.Again(added, new Ask(Act.Add, 1));

        Assert.IsType<Released>(sentAgain.Outcome);
        Assert.IsType<Released>(addedAgain.Outcome);
        Assert.Equal("a=1", next.Peek("b", "m").Data);
        Assert.IsType<Released>(next.Count("b").Outcome);
        // The same number of another process is another request.
        next.Restart("a");
        next.Send("a", "m", "2");
        Assert.Equal("a=1 a=2", next.Peek("b", "m").Data);
    }

    [Fact]
    public void Rule3_SyncThatWasKept_WaitsForItsRoundOrLearnsThatItWasMet()
    {
        GroupDriver group = Kept();
        Wait open = group.Sync("a", "m", "1"), met = group.Sync("a", "n", "1");
        group.Sync("b", "n", "2");

        GroupDriver next = group.NextServer("a b");
        Wait waits = next.Again(open, new Ask(Act.Sync), "1");
        Assert.Equal("a=1 b=2", next.Again(met, new Ask(Act.Sync), "1").Data);
        Assert.True(waits.IsOpen);
        next.Sync("b", "m", "2");
        Assert.Equal("a=1 b=2", waits.Data);
    }

    [Fact]
    public void Rule17_DeclarationAndSeats_Stay()
    {
        GroupDriver group = new("a", GroupDriver.Keeping);
        group.Join("b", "client");
        group.Declare("b", "client*2");
        group.Send("b", "m");
        group.Join("c", "client");

        GroupDriver next = group.NextServer("b");

        next.Join("d", "client");
        Assert.Equal(RefuseReason.Stranger, next.Refusal.Refusal);
        Assert.True(next.ReceiveAll("b", "m").IsOpen);
        next.Join("c", "client");
        next.Send("c", "m");
        Assert.Equal("b=- c=-", next.ReceiveAll("b", "m").Data);
        next.TryDeclare("b", "client*3").FailedWith(SyncFailureKind.Mismatch);
    }

    [Fact]
    public void Rule9_Failure_EndsWaitsForItUntilItIsStartedAnew()
    {
        GroupDriver group = Kept();
        group.Fail("a", "no disk");

        GroupDriver next = group.NextServer("a b");
        next.Receive("a", "m").FailedWith(SyncFailureKind.MemberFailed, "a");
        Assert.Contains("no disk", next.ReceiveAll("b", "m").FailedWith(SyncFailureKind.MemberFailed, "a").Reason, StringComparison.Ordinal);

        next.Lose("a");
        next.Restart("a");
        Assert.True(next.ReceiveAll("b", "m").IsOpen);
        Assert.True(next.NextServer("b").ReceiveAll("b", "m").IsOpen);
    }

    [Fact]
    public void L8_EndOfTheGroup_Stays()
    {
        GroupDriver group = GroupDriver.Closed("a b", "a=server b=client !server", options: GroupDriver.Keeping);
        group.Lose("a");

        group.NextServer("b").Send("b", "m").FailedWith(SyncFailureKind.MemberLost, "a");
    }

    [Fact]
    public void X6_WhoLeft_IsNotWaitedFor_AndWhoWasLostIs()
    {
        GroupDriver group = GroupDriver.Closed("a b c", options: GroupDriver.Keeping);
        group.Send("c", "m");
        group.Leave("a");
        group.Lose("b");

        GroupDriver next = group.NextServer("c");

        next.WaitForStates("c", "a", "up").FailedWith(SyncFailureKind.MemberLeft, "a");
        Assert.True(next.WaitForStates("c", "b", "up").IsOpen);
    }

    [Fact]
    public void GroupThatAllHaveLeft_IsIdle_AndNotBefore()
    {
        GroupDriver group = new("a b", GroupDriver.Keeping);
        group.Send("a", "m");
        group.Leave("a");

        GroupDriver next = group.NextServer("");
        Assert.False(next.Coordinator.IsIdle);
        next.Join("c");
        next.Leave("c");
        // b has never left.
        Assert.False(next.Coordinator.IsIdle);
        next.Join("b");
        next.Leave("b");
        Assert.True(next.Coordinator.IsIdle);
    }

    [Fact]
    public void KeptBytes_CountAgain_AlsoAboveALowerLimit()
    {
        GroupDriver group = Kept();
        group.Send("a", "m", "123");
        group.SetState("a", "up");
        group.Add("a", 1);

        GroupDriver next = group.NextServer("a b", options: GroupDriver.Keeping with { MaxKeptBytes = 10 });

        Assert.Equal(group.Coordinator.KeptBytes, next.Coordinator.KeptBytes);
        next.Send("a", "m").FailedWith(SyncFailureKind.Refused);
        Assert.IsType<Released>(next.Receive("b", "m").Outcome);
    }

    private static GroupDriver Kept(string? roles = null) =>
        GroupDriver.Closed("a b", roles is null ? "a b" : $"a={roles.Split(' ')[0]} b={roles.Split(' ')[1]}", options: GroupDriver.Keeping);
}
