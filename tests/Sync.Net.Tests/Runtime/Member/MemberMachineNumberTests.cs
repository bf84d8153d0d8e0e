using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>Numbers of requests and of expected generations.</summary>
public sealed class MemberMachineNumberTests
{
    [Fact]
    public void Requests_InAnyOrderOfAnswers_Ascend()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall a = member.Enter("a");
        member.Enter("b");
        member.Answer(a, 1, Ends.Released);
        member.Enter("c");
        member.Did("enter a as 2", "enter b as 3", "enter c as 4");
    }

    [Fact]
    public void Requests_AcrossServers_AreNeverUsedAgain()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("a");
        for (int term = 2; term < 5; term++)
        {
            member.Close();
            member.After(1);
            member.Seat(term);
        }
        member.Did("enter a as 2", "Dial", "enter a as 3", "Dial", "enter a as 4", "Dial", "enter a as 5");
    }

    [Fact]
    public void Answered_UnknownRequest_IsIgnored()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a");
        member.Answer(77, 1, Ends.Released);
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void Answered_Again_IsIgnored()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a");
        member.Answer(call, 1, Ends.Released);
        member.Answer(call, 1, Ends.Released);
        call.EndedWith(Ends.Released, 1);
    }

    [Fact]
    public void Decided_OtherSession_IsIgnored()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a");
        member.Decide("b", 1, Ends.Released);
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void Decided_AbortInTheSession_IsNoneOfItsBusiness()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall abort = member.Abort("a");
        member.Decide("a", 1, Ends.Lost);
        Assert.True(abort.IsOpen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Generation_AfterADecision_IsTheNext(bool released)
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("a");
        member.Decide("a", 7, released ? Ends.Released : Ends.Lost);
        member.Enter("a");
        member.Enter("b");
        member.Did("enter a as 2", "enter a as 3 for generation 8", "enter b as 4");
    }

    [Fact]
    public void Generation_AfterAWithdrawal_IsTheSame()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Decide("a", 7, Ends.Released);
        Meet(member, "a", 7, Ends.Released);
        Meet(member, "a", 0, Ends.Withdrawn);
        member.Forget();
        member.Enter("a");
        member.Did("enter a as 4 for generation 8");
    }

    [Fact]
    public void Generation_AfterAnOwnMismatch_IsForgotten()
    {
        MemberDriver member = MemberDriver.Seated();
        Meet(member, "a", 7, Ends.Released);
        Meet(member, "a", 0, Ends.Mismatch);
        member.Forget();
        member.Enter("a");
        member.Did("enter a as 4");
    }

    [Fact]
    public void Generation_AfterAMismatchForAll_IsTheNext()
    {
        MemberDriver member = MemberDriver.Seated();
        Meet(member, "a", 7, Ends.Mismatch);
        member.Forget();
        member.Enter("a");
        member.Did("enter a as 3 for generation 8");
    }

    [Fact]
    public void Generation_SentAgain_IsAsBefore()
    {
        MemberDriver member = MemberDriver.Seated();
        Meet(member, "a", 7, Ends.Released);
        member.Enter("a");
        member.Down();
        member.Forget();
        member.Seat();
        member.Did("resume, next 4, open [3]", "enter a as 3 for generation 8");
    }

    [Fact]
    public void Generation_SameTermAgain_IsKept()
    {
        MemberDriver member = MemberDriver.Seated();
        Meet(member, "a", 7, Ends.Released);
        member.Down();
        member.Seat();
        member.Forget();
        member.Enter("a");
        member.Did("enter a as 3 for generation 8");
    }

    [Fact]
    public void Generation_OtherTerm_IsForgotten()
    {
        MemberDriver member = MemberDriver.Seated();
        Meet(member, "a", 7, Ends.Released);
        member.Down();
        member.Seat(term: 2);
        member.Forget();
        member.Enter("a");
        member.Did("enter a as 3");
    }

    [Fact]
    public void Generation_AfterAClosing_IsForgotten()
    {
        MemberDriver member = MemberDriver.Seated();
        Meet(member, "a", 7, Ends.Released);
        member.Close();
        member.Enter("a");
        member.Forget();
        member.Seat(term: 2);
        member.Did("enter a as 3");
    }

    private static void Meet(MemberDriver member, string session, long generation, Outcome outcome) =>
        member.Answer(member.Enter(session), generation, outcome);
}
