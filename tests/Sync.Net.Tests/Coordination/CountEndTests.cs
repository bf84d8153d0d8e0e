using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>What a counted barrier's waits are told, what is refused, what is replayed and kept.</summary>
public sealed class CountEndTests
{
    private readonly GroupDriver _group = new("a b c d");

    [Theory]
    [InlineData(0, "b gave up after 00:00:05; nobody has initialised it")]
    [InlineData(1, "b gave up after 00:00:05; 2 more wait than initialisers have counted")]
    [InlineData(5, "b gave up after 00:00:05; 2 more have to wait")]
    public void Rule5_TimedOut_SaysInWordsWhatIsLacking(int counted, string reason)
    {
        _group.Count("c");
        Wait b = _group.Count("b");
        _group.Count("d");
        if (counted > 0) _group.Add("a", counted);
        _group.TimeOut(b, 5);
        Failed failed = b.FailedWith(SyncFailureKind.Timeout, "b");
        Assert.Equal(reason, failed.Reason);
        Assert.Equal(["c", "b", "d"], failed.Expected);
        Assert.Equal(failed.Expected, failed.Arrived);
        Assert.Empty(failed.Missing);
    }

    [Fact]
    public void Rule5_TimedOut_TheOthersWaitOn()
    {
        Wait a = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        _group.TimeOut(b, 1);
        b.FailedWith(SyncFailureKind.Timeout, "b");
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void Rule5_InitialiserTimedOut_ItsNumberIsTakenBack()
    {
        Wait a = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        _group.TimeOut(a, 1);
        Assert.Equal("a gave up after 00:00:01; 1 more has to wait", a.FailedWith(SyncFailureKind.Timeout, "a").Reason);
        _group.Initialize("a", 1);
        Assert.Equal(2, b.Released.Count);
    }

    [Fact]
    public void Rule6_Quiet_HarmsNobody()
    {
        Wait a = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        _group.GiveUpQuietly(b);
        b.FailedWith(SyncFailureKind.Timeout);
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void Cancelled_IsWithdrawn()
    {
        Wait b = _group.Count("b");
        _group.Cancel(b);
        Assert.IsType<Withdrawn>(b.Outcome);
        Assert.Equal(0, _group.Coordinator.KeptRounds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Aborted_EndsAllWaitsWithTheReason(bool withCredit)
    {
        if (withCredit) _group.Add("d", 5);
        Wait a = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        _group.Ask("c", SessionKind.Group, "g", new Ask(Act.AbortAll, Text: "enough"));
        Assert.Equal("enough", a.FailedWith(SyncFailureKind.Aborted, "c").Reason);
        Assert.Same(a.Failed, b.Failed);
        Assert.True(_group.Count("b").IsOpen);
    }

    [Fact]
    public void Rule5_BrokenRound_AsynchronousNumbersStayUntilUsedOrCleared()
    {
        _group.Add("d", 1);
        Wait a = _group.Initialize("a", 1);
        _group.Ask("c", SessionKind.Group, "g", new Ask(Act.AbortAll));
        a.FailedWith(SyncFailureKind.Aborted);
        Wait b = _group.Count("b");
        Assert.Equal((1, 2), (b.Released.Count, b.Generation));
        Assert.Equal(0, _group.Coordinator.KeptBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1L + int.MaxValue)]
    public void NumberOutOfRange_IsRefusedAndCountsNothing(long number)
    {
        _group.Initialize("a", number).FailedWith(SyncFailureKind.Refused);
        _group.Add("a", number).FailedWith(SyncFailureKind.Refused);
        if (number != 0) _group.Count("a", number).FailedWith(SyncFailureKind.Refused);
        Assert.Equal(0, _group.Coordinator.KeptRounds);
    }

    [Fact]
    public void LargestNumbers_AddUpWithoutOverflow()
    {
        _group.Add("a", int.MaxValue);
        _group.Add("a", int.MaxValue);
        _group.Add("a", 2);
        Assert.True(_group.Count("b").IsOpen);
    }

    [Fact]
    public void SecondWaitOfAMember_IsRefusedAlone()
    {
        Wait first = _group.Count("a");
        Assert.Contains("waits here already", _group.Count("a").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        _group.Initialize("a", 1).FailedWith(SyncFailureKind.Refused);
        Assert.True(first.IsOpen);
        _group.Add("b", 1);
        Assert.Equal(1, first.Released.Count);
    }

    [Fact]
    public void X4_Released_TellsTheOrderOfArrivalAndTheWaitingTimes()
    {
        _group.Count("b");
        _group.Advance(2);
        _group.Add("d", 2);
        _group.Advance(1);
        Wait c = _group.Count("c");
        Assert.Equal([new("b", TimeSpan.FromSeconds(3)), new ArrivalFact("c", TimeSpan.Zero)], c.Released.Arrivals!);
        Assert.Equal("c", c.Released.Straggler);
        Assert.Empty(c.Released.Lost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rule16_AboveTheBound_ArrivalsGoAlongOnRequest(bool wanted)
    {
        var group = new GroupDriver("a b c", new CoordinatorOptions { MaxArrivalsByDefault = 2 });
        group.Count("a", 3, flags: wanted ? EnterFlags.WantArrivals : EnterFlags.None);
        group.Count("b", 3);
        Wait c = group.Count("c", 3);
        Assert.Equal((wanted, wanted), (c.Released.Arrivals is not null, c.Released.Contributions is not null));
        Assert.Equal("c", c.Released.Straggler);
    }

    [Fact]
    public void Rule4_UnacknowledgedRelease_IsReplayedToANewStartOnce()
    {
        _group.WithholdAcknowledgements("b");
        Wait a = _group.Initialize("a", 1);
        _group.Count("b");
        _group.Lose("b");
        _group.Restart("b");
        Wait again = _group.Count("b");
        Assert.Same(a.Released, again.Released);
        Assert.Equal(1, again.Generation);
        _group.Acknowledge(again);
        Assert.Equal(0, _group.Coordinator.KeptRounds);
        Assert.True(_group.Count("b").IsOpen);
    }

    [Fact]
    public void X7_StragglerOfTheLastRound_IsNotCountedInTheNextOne()
    {
        _group.WithholdAcknowledgements("b");
        _group.Initialize("a", 1);
        _group.Count("b");
        _group.Lose("b");
        Wait next = _group.Initialize("a", 1);
        _group.Restart("b");
        Assert.Equal(1, _group.Count("b").Generation);
        Assert.True(next.IsOpen);
    }

    [Fact]
    public void Rule4_UnacknowledgedBreak_IsReplayedToo()
    {
        _group.WithholdAcknowledgements("b");
        _group.Count("b");
        _group.Clear("a");
        _group.Lose("b");
        _group.Restart("b");
        _group.Initialize("b", 1).FailedWith(SyncFailureKind.Cleared, "a");
    }

    [Fact]
    public void Rule4_Departed_IsOwedNothing()
    {
        _group.WithholdAcknowledgements("b");
        _group.Initialize("a", 1);
        _group.Count("b");
        Assert.Equal(1, _group.Coordinator.KeptRounds);
        _group.Depart("b");
        Assert.Equal(0, _group.Coordinator.KeptRounds);
    }

    [Fact]
    public void Rule4_NobodyReturnsToAnEndedGroup_NothingIsKept()
    {
        _group.WithholdAcknowledgements("b");
        _group.Initialize("a", 1);
        _group.Count("b");
        foreach (string member in new[] { "a", "b", "c", "d" }) _group.Lose(member);
        Assert.False(_group.Coordinator.IsIdle);
        _group.Advance(60);
        Assert.True(_group.Coordinator.IsIdle);
    }

    [Fact]
    public void E4_Credits_KeepTheGroupWhileNobodyIsConnected()
    {
        _group.Add("a", 1);
        foreach (string member in new[] { "a", "b", "c", "d" }) _group.Lose(member);
        _group.Advance(60);
        Assert.False(_group.Coordinator.IsIdle);
        _group.Restart("b");
        Assert.Equal(1, _group.Count("b").Released.Count);
    }

    [Fact]
    public void MaxKeptBytes_CreditsWithoutEnd_AreRefusedAndHarmNobody()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxKeptBytes = 200 });
        group.Add("a", 1);
        group.Add("a", 1);
        group.Add("a", 1);
        Assert.Contains("MaxKeptBytes", group.Add("a", 1).FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        Wait a = group.Count("a");
        group.Cancel(a);
        group.Clear("b");
        Assert.Equal(0, group.Coordinator.KeptBytes);
        Assert.Same(Released.Nothing, group.Add("a", 1).Outcome);
    }

    [Fact]
    public void X8_OnlyWaiters_AreADeadlockInWords()
    {
        var group = new GroupDriver("a b");
        group.Declare("a b", "a b", oneWaitAtATime: true);
        Wait a = group.Count("a");
        Wait b = group.Count("b");
        Assert.Equal(
            "b waits in 'x' for an initialiser; a waits in 'x' for an initialiser", a.FailedWith(SyncFailureKind.Deadlock).Reason);
        Assert.Same(a.Failed, b.Failed);
    }

    [Fact]
    public void X8_TooFewParticipants_AreADeadlockInWords()
    {
        var group = new GroupDriver("a b");
        group.Declare("a b", "a b", oneWaitAtATime: true);
        group.Count("a", 3);
        Assert.Equal("b waits in 'x' for 1 more to wait; a waits in 'x' for 1 more to wait", group.Count("b", 3).FailedWith(SyncFailureKind.Deadlock).Reason);
    }

    [Fact]
    public void X8_OneMoreThanCounted_IsNoDeadlock_SinceOneThatGivesUpReleasesTheRest()
    {
        var group = new GroupDriver("a b c");
        group.Declare("a b c", "a b c", oneWaitAtATime: true);
        Wait b = group.Count("b");
        Wait c = group.Count("c");
        Wait a = group.Initialize("a", 1);
        Assert.True(a.IsOpen && b.IsOpen && c.IsOpen);
        group.TimeOut(b, 1);
        Assert.Same(a.Released, c.Released);
    }
}
