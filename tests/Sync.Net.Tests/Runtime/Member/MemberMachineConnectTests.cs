using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class MemberMachineConnectTests
{
    [Fact]
    public void Start_FirstCall_Dials()
    {
        var member = new MemberDriver();
        Assert.Null(member.NextTick);
        member.Enter("up");
        member.Did("Dial");
    }

    [Fact]
    public void Start_FirstCallOfTheMaster_Hosts()
    {
        var member = new MemberDriver();
        member.Enter("up", hosts: true);
        member.Did("Host");
    }

    [Fact]
    public void Start_DuringAnAttempt_WaitsForIt()
    {
        var member = new MemberDriver();
        member.Enter("up");
        member.Enter("down");
        member.Did("Dial");
        member.Seat();
        member.Did("enter up as 1", "enter down as 2");
    }

    [Fact]
    public void Start_WhileSeated_SendsAtOnce()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("up");
        member.Did("enter up as 2");
    }

    [Fact]
    public void Start_SessionThatTheMemberWaitsIn_IsRefusedAlone()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall first = member.Enter("up");
        TestCall second = member.Enter("up");
        second.EndedAs<CallEnd.AlreadyWaiting>();
        Assert.True(first.IsOpen);
    }

    [Fact]
    public void AttemptFailed_PortInUse_DialsToShareTheServerThere()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", hosts: true);
        member.Fail(AttemptFailureKind.InUse);
        member.Did("Host", "Dial");
        member.Seat();
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void AttemptFailed_SilentOnAPortInUse_IsFatal()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", hosts: true);
        member.Fail(AttemptFailureKind.InUse);
        member.Fail(AttemptFailureKind.Silent);
        Assert.Equal("Silent.", call.EndedAs<CallEnd.Refused>().Why);
        Assert.Null(member.NextTick);
    }

    [Fact]
    public void AttemptFailed_PortInUseThenGone_HostsAgain()
    {
        var member = new MemberDriver();
        member.Enter("up", hosts: true);
        member.Fail(AttemptFailureKind.InUse);
        member.Fail(AttemptFailureKind.NothingListens);
        member.After(1);
        member.Did("Host", "Dial", "Host");
    }

    [Fact]
    public void AttemptFailed_SilentResumeOnASharedPort_TriesOn()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", hosts: true);
        member.Fail(AttemptFailureKind.InUse);
        member.Seat();
        member.Down();
        member.Fail(AttemptFailureKind.Silent);
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void AttemptFailed_Fatal_RefusesAllAndTheNextCallTriesAnew()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up");
        member.Fail(AttemptFailureKind.Fatal);
        Assert.Equal(new CallEnd.Refused("Fatal.", null), call.End);
        member.Enter("up");
        member.Did("Dial", "close", "Dial");
    }

    [Theory]
    [InlineData(nameof(AttemptFailureKind.Unreachable))]
    [InlineData(nameof(AttemptFailureKind.NothingListens))]
    [InlineData(nameof(AttemptFailureKind.Silent))]
    public void AttemptFailed_PassingTrouble_TriesAgainAfterABackOff(string kind)
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up");
        member.Fail(Enum.Parse<AttemptFailureKind>(kind));
        member.Did("Dial");
        member.After(1);
        member.Did("Dial");
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void BackOff_ManyFailures_GrowsUpToItsBound()
    {
        Assert.Equal([5, 10, 20, 40, 80, 160, 250, 250], BackOffs(0.999_999_999, 8).Select(wait => Math.Round(wait.TotalMilliseconds)));
    }

    [Fact]
    public void BackOff_OtherRandomness_SpreadsOverTheUpperHalf()
    {
        Assert.Equal([2.5, 5, 10, 20, 40, 80, 125, 125], BackOffs(0, 8).Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public void BackOff_AfterASeat_StartsSmallAgain()
    {
        var member = new MemberDriver(() => 0);
        member.Enter("up");
        for (int i = 0; i < 5; i++) FailOnce(member);
        member.Seat();
        member.Close();
        Assert.Equal(member.Now + TimeSpan.FromMilliseconds(2.5), member.NextTick);
    }

    [Fact]
    public void BackOff_LastCallEnds_TriesNoMore()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up");
        member.Fail(AttemptFailureKind.Unreachable);
        member.Dispose(call);
        Assert.Null(member.NextTick);
        member.Enter("up");
        member.Did("Dial", "Dial");
    }

    [Fact]
    public void BackOff_LastDeadlineWithTheNextAttempt_TriesNoMore()
    {
        var member = new MemberDriver(() => 0);
        member.Enter("up", timeout: 0.002_5);
        member.Fail(AttemptFailureKind.Unreachable);
        member.After(1);
        member.Did("Dial");
    }

    [Fact]
    public void Refused_ServerIsStopping_TriesOn()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up");
        member.Refuse(RefuseReason.Closing);
        member.After(1);
        member.Did("Dial", "Dial");
        Assert.True(call.IsOpen);
    }

    [Theory]
    [InlineData(nameof(RefuseReason.Duplicate))]
    [InlineData(nameof(RefuseReason.Key))]
    [InlineData(nameof(RefuseReason.Version))]
    [InlineData(nameof(RefuseReason.Replaced))]
    [InlineData(nameof(RefuseReason.Limit))]
    public void Refused_BeforeAnythingWasSent_IsTheCallsEnd(string refusal)
    {
        var reason = Enum.Parse<RefuseReason>(refusal);
        var member = new MemberDriver();
        TestCall call = member.Enter("up");
        member.Refuse(reason);
        Assert.Equal(new CallEnd.Refused($"{reason}.", reason), call.End);
        Assert.Null(member.NextTick);
    }

    [Fact]
    public void Refused_SeatTakenBack_WhatWasSentIsUndecided()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Refuse(RefuseReason.Replaced);
        call.EndedAs<CallEnd.Undecided>();
        member.Did("enter up as 2", "close");
    }

    private static TimeSpan[] BackOffs(double random, int count)
    {
        var member = new MemberDriver(() => random);
        member.Enter("up");
        return [.. Enumerable.Range(0, count).Select(_ => FailOnce(member))];
    }

    private static TimeSpan FailOnce(MemberDriver member)
    {
        member.Fail(AttemptFailureKind.Unreachable);
        TimeSpan wait = member.NextTick!.Value - member.Now;
        member.After(wait.TotalSeconds);
        return wait;
    }
}
