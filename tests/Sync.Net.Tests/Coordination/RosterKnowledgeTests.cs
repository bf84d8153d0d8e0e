using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Members that know a part of the roster (A3), and masters that only look on (B1).</summary>
public sealed class RosterKnowledgeTests
{
    private const EnterFlags Partial = EnterFlags.PartialRoster;
    private const EnterFlags Observe = EnterFlags.Observe;

    [Fact]
    public void A3_MasterNamesAllAndMembersNameTwo_MeetInAnyOrder()
    {
        var group = new GroupDriver("a b m");
        group.Enter("a", "x", "a m", Partial);
        group.Advance(2);
        Wait master = group.Enter("m", "x", "a b m");
        group.Advance(1);
        group.Enter("b", "x", "b m", Partial);
        Assert.Equal(["a 3", "m 1", "b 0"], master.Released.Arrivals!.Select(each => $"{each.Member} {each.Waited.TotalSeconds}"));
    }

    [Fact]
    public void A3_OnlyMembersWithAPartOfTheRoster_WaitForTheMaster()
    {
        var group = new GroupDriver("a m");
        Wait a = group.Enter("a", "x", "a m", Partial);
        Assert.True(a.IsOpen);
        Assert.Equal(0, group.Coordinator.KeptRounds);
        group.Enter("m", "x", "a m");
        Assert.Equal(1, a.Generation);
    }

    [Fact]
    public void A3_EarlyMemberIsNotOfTheMastersRoster_OnlyItFails()
    {
        var group = new GroupDriver("a m s");
        Wait stranger = group.Enter("s", "x", "m s", Partial);
        Wait master = group.Enter("m", "x", "a m");
        stranger.FailedWith(SyncFailureKind.Refused);
        Assert.True(master.IsOpen);
    }

    [Fact]
    public void A3_MemberNamesAnotherMaster_AllFail()
    {
        var group = new GroupDriver("a b m");
        Wait master = group.Enter("m", "x", "a b m");
        group.Enter("a", "x", "a n", Partial).FailedWith(SyncFailureKind.Mismatch, "a");
        master.FailedWith(SyncFailureKind.Mismatch, "a");
    }

    [Fact]
    public void A3_EarlyMemberNamesAnotherMaster_AllFailWithOneOutcome()
    {
        var group = new GroupDriver("a b m");
        Wait a = group.Enter("a", "x", "a n", Partial);
        Wait b = group.Enter("b", "x", "b m", Partial);
        Failed failed = group.Enter("m", "x", "a b m").FailedWith(SyncFailureKind.Mismatch, "a");
        Assert.Same(failed, a.Failed);
        Assert.Same(failed, b.Failed);
    }

    [Fact]
    public void A3_EarlyMemberDies_TheMasterIsNotReleasedWithTheDead()
    {
        var group = new GroupDriver("a b m");
        group.Enter("a", "x", "a m", Partial);
        group.Lose("a");
        group.Enter("m", "x", "a b m").FailedWith(SyncFailureKind.MemberLost, "a");
    }

    [Fact]
    public void A3_EarlyMemberEndsItsWait_OnlyThatWaitEnds()
    {
        var group = new GroupDriver("a b m");
        Wait a = group.Enter("a", "x", "a m", Partial);
        Wait b = group.Enter("b", "x", "b m", Partial);
        group.TimeOut(a);
        a.FailedWith(SyncFailureKind.Timeout, "a");
        Assert.True(b.IsOpen);
        Assert.True(group.Enter("m", "x", "a b m").IsOpen);
        group.Enter("a", "x", "a m", Partial);
        Assert.Equal(3, b.Released.Count);
    }

    [Fact]
    public void A3_EarlyMemberEntersTwice_OnlyTheSecondCallFails()
    {
        var group = new GroupDriver("a m");
        Wait a = group.Enter("a", "x", "a m", Partial);
        group.Enter("a", "x", "a m", Partial).FailedWith(SyncFailureKind.Refused);
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void A3_PartOfTheRosterForData_IsRefused()
    {
        var group = new GroupDriver("a m");
        group.Give("a", "x", "1", "a m", Partial).FailedWith(SyncFailureKind.Refused);
        Assert.Equal(0, group.Coordinator.KeptBytes);
    }

    [Fact]
    public void B1_MasterThatOnlyServes_GetsTheResultAndIsNotNeeded()
    {
        var group = new GroupDriver("a b m");
        Wait master = group.Give("m", "x", null, "a b", Observe);
        group.Give("a", "x", "1", "a b");
        Assert.Equal("a=1 b=2", group.Give("b", "x", "2", "a b").Data);
        Assert.Equal("a=1 b=2", master.Data);
        Assert.Equal(2, master.Released.Count);
    }

    [Fact]
    public void B1_ObserverDies_TheOthersMeetAndNothingIsKeptForIt()
    {
        var group = new GroupDriver("a m");
        group.Enter("m", "x", "a", Observe);
        group.Lose("m");
        Assert.Equal(0, group.Coordinator.KeptRounds);
        Assert.IsType<Released>(group.Enter("a", "x", "a").Outcome);
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Fact]
    public void X6_OnlyAnObserverWaitsAndANeededMemberDies_FailsAtOnce()
    {
        var group = new GroupDriver("a b m");
        Wait master = group.Enter("m", "x", "a b", Observe);
        group.Lose("a");
        master.FailedWith(SyncFailureKind.MemberLost, "a");
    }

    [Fact]
    public void X6_ObserverComesWhileANeededMemberIsLost_FailsAtOnce()
    {
        var group = new GroupDriver("a b m");
        group.Lose("a");
        group.Enter("m", "x", "a b", Observe).FailedWith(SyncFailureKind.MemberLost, "a");
    }

    [Fact]
    public void B1_ObserverThatIsOfTheRoster_IsRefused()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x", flags: Observe).FailedWith(SyncFailureKind.Refused);
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Fact]
    public void B1_ObserverTimesOut_HarmsNobodyAndGetsThatRoundsResultNextTime()
    {
        var group = new GroupDriver("a b m");
        Wait master = group.Enter("m", "x", "a b", Observe);
        Wait a = group.Enter("a", "x", "a b");
        group.TimeOut(master);
        Assert.True(a.IsOpen);
        group.Enter("b", "x", "a b");
        Assert.Same(a.Released, group.Enter("m", "x", "a b", Observe).Released);
        Assert.True(group.Enter("m", "x", "a b", Observe).IsOpen);
    }

    [Fact]
    public void B1_ObserverWithAnotherRoster_FailsAlone()
    {
        var group = new GroupDriver("a b m");
        Wait a = group.Enter("a", "x", "a b");
        group.Enter("m", "x", "a", Observe).FailedWith(SyncFailureKind.Refused);
        Assert.True(a.IsOpen);
    }
}
