using Sync.Net.Runtime.Member;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>How a call ends that has several reasons to: decided, then cancelled, disposed, timed out, server lost.</summary>
public sealed class MemberMachinePrecedenceTests
{
    public static TheoryData<string> Later => ["cancel", "dispose", "deadline", "down", "depart"];

    [Theory]
    [MemberData(nameof(Later))]
    public void Released_ThenAnythingAtTheSameInstant_IsReleased(string then)
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        member.Decide("up", 7, Ends.Released);
        Happen(then, member, call);
        call.EndedWith(Ends.Released, 7);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("deadline")]
    [InlineData("down")]
    public void AnythingThatAsks_ThenReleasedAtTheSameInstant_IsReleased(string first)
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        Happen(first, member, call);
        member.Decide("up", 7, Ends.Released);
        call.EndedWith(Ends.Released, 7);
    }

    [Fact]
    public void Cancelled_ThenDisposed_IsCancelled()
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        member.Cancel(call);
        member.Dispose(call);
        member.Answer(call, 0, Ends.Withdrawn);
        call.EndedAs<CallEnd.Cancelled>();
    }

    [Fact]
    public void Cancelled_ThenDeparted_IsCancelled()
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        member.Cancel(call);
        member.Depart();
        call.EndedAs<CallEnd.Cancelled>();
    }

    [Fact]
    public void Cancelled_ThenDeadline_AsksOnceAndIsCancelled()
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        member.Cancel(call);
        member.Tick();
        member.Did("withdraw 2: Cancelled after 00:01:00");
        member.Answer(call, 0, Ends.Withdrawn);
        call.EndedAs<CallEnd.Cancelled>();
    }

    [Fact]
    public void Cancelled_NotSentAtTheDeadline_IsCancelled()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", timeout: 60);
        member.Later(60);
        member.Cancel(call);
        member.Tick();
        call.EndedAs<CallEnd.Cancelled>();
    }

    [Fact]
    public void Deadline_ThenDisposed_IsDisposed()
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        member.Tick();
        member.Dispose(call);
        call.EndedAs<CallEnd.Disposed>();
        member.Answer(call, 7, Ends.TimedOut);
        Assert.Equal(1, call.Ends);
    }

    [Fact]
    public void Deadline_ThenCancelled_IsWhatTheCoordinatorSays()
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        member.Tick();
        member.Cancel(call);
        member.Did("withdraw 2: TimedOut after 00:01:00");
        member.Answer(call, 7, Ends.TimedOut);
        call.EndedWith(Ends.TimedOut, 7);
    }

    [Fact]
    public void NeverReached_ServerLostBefore_IsATimeout()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("up", timeout: 60);
        member.Later(60);
        member.Fail(AttemptFailureKind.NothingListens);
        member.Tick();
        call.EndedAs<CallEnd.NeverReached>();
    }

    [Fact]
    public void Disposed_ThenServerLost_IsDisposed()
    {
        (MemberDriver member, TestCall call) = AtTheDeadline();
        member.Dispose(call);
        member.Down();
        member.Fail(AttemptFailureKind.NothingListens);
        call.EndedAs<CallEnd.Disposed>();
    }

    /// <summary>Request 2 in 'up', at the instant of its deadline and before the tick.</summary>
    private static (MemberDriver Member, TestCall Call) AtTheDeadline()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("up", timeout: 60);
        member.Later(60);
        member.Forget();
        return (member, call);
    }

    private static void Happen(string what, MemberDriver member, TestCall call)
    {
        switch (what)
        {
            case "cancel": member.Cancel(call); break;
            case "dispose": member.Dispose(call); break;
            case "deadline": member.Tick(); break;
            case "down": member.Down(); break;
            case "depart": member.Depart(); break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, null);
        }
    }
}
