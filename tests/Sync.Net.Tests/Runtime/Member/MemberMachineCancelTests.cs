using Sync.Net.Runtime.Member;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class MemberMachineCancelTests
{
    [Fact]
    public void Cancel_BeforeSending_EndsAtOnce()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up");
        member.Cancel(call);
        call.EndedAs<CallEnd.Cancelled>();
        member.Seat();
        member.Did("Dial");
    }

    [Fact]
    public void Cancel_WhileWaiting_AsksTheCoordinator()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.After(3);
        member.Cancel(call);
        member.Did("enter up as 2", "withdraw 2: Cancelled after 00:00:03");
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void Cancel_Withdrawn_EndsAsCancelled()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Cancel(call);
        member.Answer(call, 0, Ends.Withdrawn);
        call.EndedAs<CallEnd.Cancelled>();
    }

    [Fact]
    public void Cancel_ReleaseWon_EndsAsReleased()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Cancel(call);
        member.Decide("up", 7, Ends.Released);
        call.EndedWith(Ends.Released, 7);
    }

    [Fact]
    public void Cancel_Twice_AsksOnce()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Cancel(call);
        member.Cancel(call);
        member.Did("enter up as 2", "withdraw 2: Cancelled after 00:00:00");
    }

    [Fact]
    public void Cancel_NoAnswerWithinASecond_IsUndecided()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Cancel(call);
        member.After(0.999_999_9);
        Assert.True(call.IsOpen);
        member.After(0.000_000_1);
        call.EndedAs<CallEnd.Undecided>();
    }

    [Fact]
    public void Cancel_WhileReturning_IsAskedOnTheNextLink()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Down();
        member.Cancel(call);
        member.Did("enter up as 2", "Dial again");
        member.Seat();
        member.Did("resume, next 3, open [2]", "enter up as 2", "withdraw 2: Cancelled after 00:00:00");
    }

    [Fact]
    public void Cancel_ServerLostBeforeItsAnswer_IsUndecided()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Cancel(call);
        member.Down();
        member.Fail(AttemptFailureKind.NothingListens);
        call.EndedAs<CallEnd.Undecided>();
    }

    [Fact]
    public void Cancel_Abort_ThatTheCoordinatorDid_EndsAsDone()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall abort = member.Abort("up");
        member.Cancel(abort);
        member.Answer(abort, 0, Ends.Withdrawn);
        abort.EndedWith(Ends.Withdrawn, 0);
    }

    [Fact]
    public void Cancel_AfterTheEnd_ChangesNothing()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Decide("up", 7, Ends.Released);
        member.Cancel(call);
        member.Did("enter up as 2");
        call.EndedWith(Ends.Released, 7);
    }

    [Fact]
    public void Dispose_WhileWaiting_EndsAtOnceAndWithdraws()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Dispose(call);
        call.EndedAs<CallEnd.Disposed>();
        member.Did("enter up as 2", "withdraw 2: Cancelled after 00:00:00");
        member.Answer(call, 0, Ends.Withdrawn);
        Assert.Equal(1, call.Ends);
        Assert.Null(member.NextTick);
    }

    [Fact]
    public void Dispose_BeforeSending_EndsAtOnceAndSendsNothing()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up");
        member.Dispose(call);
        call.EndedAs<CallEnd.Disposed>();
        member.Seat();
        member.Did("Dial");
    }

    [Fact]
    public void Dispose_WhileReturning_WithdrawsOnTheNextLink()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up");
        member.Down();
        member.Dispose(call);
        call.EndedAs<CallEnd.Disposed>();
        member.Seat();
        member.Did("enter up as 2", "Dial again", "resume, next 3, open [2]", "enter up as 2", "withdraw 2: Cancelled after 00:00:00");
    }

    [Fact]
    public void Depart_WhileSeated_EndsAllAndSaysGoodbye()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.Depart();
        call.EndedAs<CallEnd.Disposed>();
        member.Did("enter up as 2", "goodbye");
        Assert.Null(member.NextTick);
    }

    [Fact]
    public void Depart_WithoutASeat_ClosesWhatThereIs()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Down();
        member.Depart();
        member.Did("Dial again", "close");
        Assert.Null(member.NextTick);
        member.Fail(AttemptFailureKind.Unreachable);
        Assert.Null(member.NextTick);
    }
}
