using Sync.Net.Runtime.Member;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>A caller has its end, but the coordinator's answer is not there yet: the next call in the session comes after it.</summary>
public sealed class MemberMachineAbandonedTests
{
    [Fact]
    public void Start_BehindAnAbandonedCall_SendsNothing()
    {
        (MemberDriver member, _) = WithAbandoned();
        TestCall next = member.Enter("up");
        member.Did();
        Assert.True(next.IsOpen);
    }

    [Fact]
    public void Start_InAnotherSession_IsSentAtOnce()
    {
        (MemberDriver member, _) = WithAbandoned();
        member.Enter("down");
        member.Did("enter down as 3");
    }

    [Fact]
    public void Abort_BehindAnAbandonedCall_IsSentAtOnce()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        TestCall abort = member.Abort("up");
        member.Did("abort up as 3");
        member.Decide("up", 7, Ends.Released);
        Assert.True(abort.IsOpen);
        Assert.Equal(1, old.Ends);
    }

    [Fact]
    public void Answered_ReleasedAfterAll_IsTheNextCallsOutcome()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        TestCall next = member.Enter("up");
        member.Decide("up", 7, Ends.Released);
        next.EndedWith(Ends.Released, 7);
        old.EndedAs<CallEnd.Undecided>();
        member.Did();
    }

    [Fact]
    public void Answered_BrokenAfterAll_IsTheNextCallsOutcome()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        TestCall next = member.Enter("up");
        member.Answer(old, 7, Ends.TimedOut);
        next.EndedWith(Ends.TimedOut, 7);
    }

    [Fact]
    public void Answered_WithdrawnAfterAll_SendsTheNextCall()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        TestCall next = member.Enter("up");
        member.Answer(old, 0, Ends.Withdrawn);
        member.Did("enter up as 3");
        member.Decide("up", 7, Ends.Released);
        next.EndedWith(Ends.Released, 7);
    }

    [Fact]
    public void Answered_WithdrawnAfterAll_JudgesAZeroTimeout()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        member.Enter("up", timeout: 0);
        member.After(0.5);
        member.Answer(old, 0, Ends.Withdrawn);
        member.Did("enter up as 3", "withdraw 3: TimedOut after 00:00:00.5");
    }

    [Fact]
    public void Answered_BeforeTheNextCall_IsKnownAsItsGeneration()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        member.Answer(old, 7, Ends.Released);
        member.Enter("up");
        member.Did("enter up as 3 for generation 8");
    }

    [Fact]
    public void Deadline_BehindAnAbandonedCall_IsUndecided()
    {
        (MemberDriver member, _) = WithAbandoned();
        TestCall next = member.Enter("up", timeout: 2);
        member.After(2);
        next.EndedAs<CallEnd.Undecided>();
    }

    [Fact]
    public void Cancel_BehindAnAbandonedCall_EndsAtOnceAndTheNextTakesItsPlace()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        TestCall second = member.Enter("up");
        member.Cancel(second);
        second.EndedAs<CallEnd.Cancelled>();
        member.Enter("up");
        member.Answer(old, 0, Ends.Withdrawn);
        member.Did("enter up as 3");
    }

    [Fact]
    public void Seated_SameTerm_AbandonedCallIsAskedForAgainAndTheNextStillWaits()
    {
        (MemberDriver member, _) = WithAbandoned();
        member.Enter("up");
        member.Down();
        member.Forget();
        member.Seat();
        member.Did("resume, next 3, open [2]", "enter up as 2", "withdraw 2: TimedOut after 00:01:00");
    }

    [Fact]
    public void Seated_OtherTerm_SendsTheNextCall()
    {
        (MemberDriver member, TestCall old) = WithAbandoned();
        member.Enter("up");
        member.Down();
        member.Forget();
        member.Seat(term: 2);
        member.Did("enter up as 3");
        Assert.Equal(1, old.Ends);
    }

    /// <summary>Request 2 in 'up' got no answer at its deadline.</summary>
    private static (MemberDriver Member, TestCall Abandoned) WithAbandoned()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.After(61);
        call.EndedAs<CallEnd.Undecided>();
        member.Forget();
        return (member, call);
    }
}
