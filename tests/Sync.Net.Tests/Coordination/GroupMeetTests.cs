using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Barriers and exchanges of data of the whole group, some of whose seats may be free.</summary>
public sealed class GroupMeetTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public void Rule17_LastSeatIsTaken_EarlyWaitsTakeTheirPlaces(string? data)
    {
        GroupDriver group = Seats();
        Wait[] early = [group.MeetAll("a", "x", data: data), group.MeetAll("b", "x", data: data)];
        group.Join("c", "client");
        Assert.All(early, wait => Assert.True(wait.IsOpen));
        Wait last = group.MeetAll("c", "x", data: data);
        Assert.All([.. early, last], wait => Assert.Equal(3, wait.Released.Count));
        Assert.Same(early[0].Released, last.Released);
        if (data is not null) Assert.Equal("a=1 b=1 c=1", last.Data);
    }

    [Fact]
    public void X4_EarlyWaits_WaitingTimesCountFromTheirArrival()
    {
        GroupDriver group = Seats();
        Wait early = group.MeetAll("a", "x");
        group.Advance(3);
        group.Join("c", "client");
        group.MeetAll("b", "x");
        group.MeetAll("c", "x");
        Assert.Equal(TimeSpan.FromSeconds(3), early.Released.Arrivals!.Single(each => each.Member == "a").Waited);
    }

    [Fact]
    public void X6_SeatHolderIsGone_EarlyWaitsEnd()
    {
        GroupDriver group = Seats();
        Wait early = group.MeetAll("a", "x");
        group.Lose("b");
        Assert.Contains("client (seat 3 of 3)", early.FailedWith(SyncFailureKind.MemberLost, "b").Missing.Select(each => each.Id));
        group.MeetAll("a", "x").FailedWith(SyncFailureKind.MemberLost, "b");
        Assert.True(group.MeetAll("a", "x", EnterFlags.WaitForReturn).IsOpen);
    }

    [Fact]
    public void Rule5_TimeoutOfOne_BreaksAllEarlyWaitsOfABarrier()
    {
        GroupDriver group = Seats();
        Wait[] early = [group.MeetAll("a", "x"), group.MeetAll("b", "x")];
        group.TimeOut(early[0], 2);
        Assert.All(early, wait => Assert.Equal(["a", "b"], wait.FailedWith(SyncFailureKind.Timeout, "a").Arrived));
    }

    [Theory]
    [InlineData(WithdrawReason.Cancelled)]
    [InlineData(WithdrawReason.GaveUpQuietly)]
    internal void Rule5_OneIsTakenBack_TheOthersWaitOn(WithdrawReason reason)
    {
        GroupDriver group = Seats();
        Wait[] early = [group.MeetAll("a", "x"), group.MeetAll("b", "x")];
        group.Withdraw(early[0], reason);
        Assert.True(early[1].IsOpen);
        Assert.False(early[0].IsOpen);
    }

    [Fact]
    public void Rule9_Abort_EndsEarlyWaits()
    {
        GroupDriver group = Seats();
        Wait early = group.MeetAll("a", "x");
        group.Abort("b", "x", "enough", "");
        Assert.Equal("enough", early.FailedWith(SyncFailureKind.Aborted, "b").Reason);
    }

    [Fact]
    public void X2_SecondEarlyWaitOfAMember_IsRefused()
    {
        GroupDriver group = Seats();
        Wait early = group.MeetAll("a", "x");
        group.MeetAll("a", "x").FailedWith(SyncFailureKind.Refused);
        Assert.True(early.IsOpen);
    }

    [Fact]
    public void Rule17_OpenGroup_IsRefusedWithTheRemedy() =>
        Assert.Contains("declare", GroupDriver.Closed("a b", "").MeetAll("a", "x").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);

    private static GroupDriver Seats() => GroupDriver.Closed("a b", "client*3", roles: "client client");
}
