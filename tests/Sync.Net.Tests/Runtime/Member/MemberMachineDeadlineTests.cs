using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class MemberMachineDeadlineTests
{
    [Fact]
    public void Deadline_JustBefore_AsksNothing()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("up", timeout: 60);
        Assert.Equal(TimeSpan.FromSeconds(60), member.NextTick);
        member.Forget();
        member.Later(59.999_999_9);
        member.Tick();
        member.Did();
    }

    [Fact]
    public void Deadline_WhileSeated_AsksTheCoordinator()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.After(60);
        member.Did("enter up as 2", "withdraw 2: TimedOut after 00:01:00");
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void Deadline_LateTimer_SaysHowLongItReallyWaited()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("up", timeout: 60);
        member.Later(60.25);
        member.Tick();
        member.Did("enter up as 2", "withdraw 2: TimedOut after 00:01:00.25");
    }

    [Fact]
    public void Deadline_TryCall_GivesUpQuietly()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("up", timeout: 60, quiet: true);
        member.After(60);
        member.Did("enter up as 2", "withdraw 2: GaveUpQuietly after 00:01:00");
    }

    [Fact]
    public void Deadline_AnsweredTimedOut_EndsSo()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.After(60);
        member.Answer(call, 7, Ends.TimedOut);
        call.EndedWith(Ends.TimedOut, 7);
    }

    [Fact]
    public void Deadline_AnsweredReleased_EndsSo()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.After(60.9);
        member.Decide("up", 7, Ends.Released);
        call.EndedWith(Ends.Released, 7);
    }

    [Fact]
    public void Deadline_NoAnswerWithinASecond_IsUndecided()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.After(60.999_999_9);
        Assert.True(call.IsOpen);
        member.After(0.000_000_1);
        call.EndedAs<CallEnd.Undecided>();
    }

    [Fact]
    public void Deadline_NeverReachedAServer_IsATimeoutOnTime()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", timeout: 60);
        member.Fail(AttemptFailureKind.Unreachable);
        member.After(0.3);
        member.After(59.699_999_9);
        Assert.True(call.IsOpen);
        member.After(0.000_000_1);
        Assert.Equal("Unreachable.", call.EndedAs<CallEnd.NeverReached>().Why);
    }

    [Fact]
    public void Deadline_None_WaitsForEver()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        Assert.Null(member.NextTick);
        member.Later(1e6);
        member.Tick();
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void Deadline_WhileReturning_IsAskedOnTheNextLink()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.After(59.5);
        member.Down();
        member.After(0.75);
        member.Seat();
        member.Did("enter up as 2", "Dial again", "resume, next 3, open [2]", "enter up as 2", "withdraw 2: TimedOut after 00:01:00");
        member.Answer(call, 7, Ends.TimedOut);
        call.EndedWith(Ends.TimedOut, 7);
    }

    [Fact]
    public void ZeroTimeout_WhileSeated_ContributesAndAsksAtOnce()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("up", timeout: 0);
        member.Did("enter up as 2", "withdraw 2: TimedOut after 00:00:00");
    }

    [Fact]
    public void ZeroTimeout_NotSeatedYet_IsJudgedOnceSeated()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", timeout: 0);
        member.After(0.9);
        Assert.True(call.IsOpen);
        member.Seat();
        member.Did("Dial", "enter up as 1", "withdraw 1: TimedOut after 00:00:00.9");
    }

    [Fact]
    public void ZeroTimeout_NoServerWithinASecond_IsATimeout()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", timeout: 0);
        member.After(1);
        call.EndedAs<CallEnd.NeverReached>();
    }

    [Fact]
    public void ZeroTimeout_RosterAskedFor_ContributesAndAsksAgain()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 0);
        member.Forget();
        member.NeedRoster(call);
        member.Did("enter up as 2", "withdraw 2: TimedOut after 00:00:00");
    }

    [Fact]
    public void NeedRoster_OpenCall_IsSentAgainWithTheSameNumber()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.NeedRoster(call);
        member.Did("enter up as 2", "enter up as 2");
    }

    [Fact]
    public void NeedRoster_EndedCall_IsIgnored()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Answer(call, 1, Ends.Released);
        member.NeedRoster(call);
        member.Did("enter up as 2");
    }
}
